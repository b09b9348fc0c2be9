"""Whether the words beside a picture only name it: 'comprobante de mi pago de hoy', 'here's the receipt'."""

import re
from typing import Final

from understanding.normalize import normalize

_RECEIPT: Final = (
    r"(?:comprobante|recibo|ticket|tiquet|voucher|vaucher|baucher|boucher|captura|pantallazo|ficha|boleta|constancia"
    r"|screenshot|receipt|slip|proof)"
)
_NAMED: Final = re.compile(
    r"^\W*(?:(?:hola|mire|oiga|joven|senorita|buenas|buen dia|ya|hi|hey)\W+)*"
    r"(?:(?:ahi|aqui|aca|aki) (?:le |les |te )?(?:va|esta|mando|dejo|paso|envio|tiene)n? "
    r"|(?:le|les|te) (?:mando|dejo|paso|envio) |adjunto |(?:here ?s|here is|this is|attached is|sending) )?"
    rf"(?:(?:el|la|mi|un|una|su|foto|del?|the|my|a) )*{_RECEIPT}s?\b(?P<rest>.*)$"
)
# 'Este recibo no es mío' says more, and so does whatever follows a full stop.
_MORE: Final = re.compile(r"[?.;]\s*\w|\?|\b(?:no|not|pero|but|cuanto|cuando|where|when|how)\b")


def names_receipt(text: str) -> bool:
    found = _NAMED.match(normalize(text))
    return found is not None and _MORE.search(found["rest"]) is None
