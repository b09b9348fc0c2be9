"""Whether words name a loan by its label: 'la máquina', 'el del refri', 'the sewing one', 'the fridge' for 'nevera'."""

import re
from typing import Final

from understanding.normalize import normalize

_SHORTEST: Final = 4  # 'de', 'la' and 'mi' are in many labels
# What loans are taken for, under the names of other countries and in English.
_SAME: Final = tuple(
    frozenset(line.split())
    for line in (
        "refrigerador refrigeradora refri nevera heladera frigorifico fridge refrigerator",
        "congelador congeladora freezer",
        "moto motocicleta motoneta motorcycle motorbike scooter",
        "bici bicicleta bicycle bike",
        "coser costura costurera sewing",
        "puesto puestito stall stand",
        "carrito carreta cart",
        "tienda tiendita changarro abarrotes bodega pulperia store shop grocery",
        "carro coche auto automovil vehiculo vehicle",
        "camioneta camion troca truck pickup",
        "casa vivienda house",
        "techo lamina roof",
        "celular telefono cell cellphone phone",
        "estufa cocina stove",
        "horno oven",
        "lavadora lavarropas washer washing",
        "tele televisor television",
        "vaca vacas ganado becerros cows cattle",
        "puercos cerdos cochinos chanchos marranos pigs",
        "gallinas pollos pollitos chickens hens",
        "siembra cosecha cultivo milpa semillas fertilizante crop crops harvest planting seeds",
        "escuela colegio colegiatura escolar utiles estudios school tuition",
        "negocio negocito emprendimiento business",
        "grupo grupal group",
        "estetica peluqueria salon hair hairdresser",
        "taller workshop",
        "herramienta herramientas tools",
        "panaderia bakery",
        "tamales tamal tamale",
        "ropa clothes clothing",
        "zapatos zapateria calzado shoes",
        "comida fonda comedor antojitos food",
        "mercancia mercaderia mercadito merchandise",
        "computadora compu computador laptop computer",
        "emergencia emergency",
        "navidad navideno christmas",
        "boda wedding",
        "medico medica hospital medical",
        "muebles furniture",
    )
)


def names(label: str, text: str) -> bool:
    """A telling word of the label stands in the text, also clipped, with its plural, or by another name."""
    telling, said = _telling(label), _telling(text)
    return any(_is_one(one, other) for one in telling for other in said)


def _is_one(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one) or any(one in same and other in same for same in _SAME)


def _telling(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z]+", normalize(text)) if len(word) >= _SHORTEST]
