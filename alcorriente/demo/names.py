"""Invented people of Mexico: given names, surnames by region (indigenous ones among them), places and officers."""

from dataclasses import dataclass

GIVEN = (
    *("María Guadalupe", "Juana", "Rosa", "Verónica", "Alejandra", "Leticia", "Gabriela", "Patricia", "Yolanda"),
    *("Silvia", "Norma", "Araceli", "Beatriz", "Xóchitl", "Citlali", "Nayeli", "Itzel", "Elvia", "Margarita"),
    *("Dulce María", "Fabiola", "Claudia", "Adriana", "Lucía", "Esperanza", "Teresa", "Carmen", "Rocío", "Maribel"),
    *("José Luis", "Juan Carlos", "Francisco", "Miguel Ángel", "Jesús", "Antonio", "Alejandro", "Pedro", "Ricardo"),
    *("Roberto", "Fernando", "Raúl", "Sergio", "Cuauhtémoc", "Tonatiuh", "Arturo", "Martín", "Óscar", "Gerardo"),
    *("Rubén", "Heriberto", "Abundio", "Ulises", "Joel", "Fidel", "Noé", "Isidro", "Efraín", "Gilberto"),
)
SURNAMES = (
    *("Hernández", "García", "Martínez", "López", "González", "Pérez", "Rodríguez", "Sánchez", "Ramírez", "Cruz"),
    *("Flores", "Gómez", "Morales", "Vázquez", "Reyes", "Jiménez", "Torres", "Díaz", "Gutiérrez", "Ruiz"),
    *("Mendoza", "Aguilar", "Ortiz", "Moreno", "Castillo", "Romero", "Álvarez", "Méndez", "Chávez", "Rivera"),
    *("Juárez", "Ramos", "Domínguez", "Herrera", "Medina", "Castro", "Vargas", "Guzmán", "Velázquez", "Rojas"),
    *("de la Cruz", "Contreras", "Salazar", "Luna", "Ortega", "Santiago", "Guerrero", "Estrada", "Bautista", "Núñez"),
)


@dataclass(frozen=True, slots=True)
class Branch:
    """`own_surnames` are common in the region beside the general ones."""

    name: str
    region: str
    zone: str
    officer: str
    own_surnames: tuple[str, ...]


MAYA = ("Tzab", "Cocom", "Xool", "Chulim", "Pech", "Canul", "Poot", "Balam", "Ku", "Dzul", "Uc", "Noh")
NAHUA = ("Xochihua", "Tecuapetla", "Cuautle", "Tlatelpa", "Coyotl", "Xicale", "Tepale", "Cuatecontzi")
PUREPECHA = ("Cuiriz", "Huipe", "Tzintzun", "Sixtos", "Zirahuén")
MAYO_YAQUI = ("Buitimea", "Moroyoqui", "Yocupicio", "Matuz", "Jusacamea")
ZAPOTEC = ("Guendulain", "Matus", "Luis", "Orozco", "Toledo", "Regalado")
TSOTSIL = ("Patishtán", "Shilón", "Girón", "Hol", "Lunes", "Ruiz")

BRANCHES = (
    Branch("Tijuana Centro", "Noroeste", "America/Tijuana", "Karla Beltrán", MAYO_YAQUI),
    Branch("Ensenada", "Noroeste", "America/Tijuana", "Hugo Murillo", MAYO_YAQUI),
    Branch("Hermosillo", "Noroeste", "America/Hermosillo", "Irma Félix", MAYO_YAQUI),
    Branch("Guadalajara Sur", "Occidente", "America/Mexico_City", "Paola Covarrubias", PUREPECHA),
    Branch("Uruapan", "Occidente", "America/Mexico_City", "Saúl Equihua", PUREPECHA),
    Branch("Iztapalapa", "Centro", "America/Mexico_City", "Diana Olvera", NAHUA),
    Branch("Puebla", "Centro", "America/Mexico_City", "Mario Cuautle", NAHUA),
    Branch("Juchitán", "Sur", "America/Mexico_City", "Obdulia Matus", ZAPOTEC),
    Branch("San Cristóbal", "Sur", "America/Mexico_City", "Elías Girón", TSOTSIL),
    Branch("Mérida", "Sureste", "America/Merida", "Landy Pech", MAYA),
    Branch("Cancún", "Sureste", "America/Cancun", "Wendy Canul", MAYA),
)
