"""The sample warehouse that "stock.py sample" makes: the same every time."""

import random
import sqlite3
from contextlib import closing
from datetime import date, timedelta

PRODUCTS = """
= HT 1100 Hand tools
Oakham Tools | Hand trowel | ash handle; stainless; narrow; long handle; potting | 7.40
Oakham Tools | Hand fork | ash handle; stainless; three prongs; long handle | 7.40
Oakham Tools | Digging spade | ash handle; stainless; junior; heavy duty | 36.50
Oakham Tools | Digging fork | ash handle; stainless; junior; potato | 35.75
Oakham Tools | Edging spade | ash handle; stainless; half moon | 38.00
Oakham Tools | Leaf rake | 40 cm; 50 cm; 60 cm; folding | 13.20
Oakham Tools | Dutch hoe | 12 cm; 15 cm; stainless | 21.60
Oakham Tools | Soil rake | 12 teeth; 14 teeth; 16 teeth | 22.40
Oakham Tools | Garden gloves | S; M; L; XL; thorn proof M; thorn proof L | 5.20
Brookfield | Bulb planter | short; long handle; stainless | 11.30
Brookfield | Kneeling pad | green; thick; folding seat | 9.90
Brookfield | Dibber | 20 cm; 30 cm; T handle | 6.45
Brookfield | Weeding knife | straight; curved; long handle | 8.25
Brookfield | Patio brush | hard; soft; angled | 12.10
= CT 2000 Cutting tools
Brookfield | Bypass secateurs | 18 cm; 20 cm; 22 cm; left hand; small hand | 17.20
Brookfield | Anvil secateurs | 18 cm; 20 cm; ratchet | 15.60
Brookfield | Anvil loppers | 55 cm; 70 cm; telescopic | 28.90
Brookfield | Bypass loppers | 50 cm; 65 cm; 80 cm; telescopic | 27.40
Brookfield | Folding pruning saw | 18 cm; 21 cm; 24 cm | 18.90
Brookfield | Hedge shears | 20 cm; 25 cm; wavy blade; telescopic | 24.30
Brookfield | Grass shears | straight; swivel head; long handle | 16.80
Brookfield | Sharpening stone | fine; coarse; double | 6.20
Oakham Tools | Splitting axe | 1.5 kg; 2.0 kg; 2.7 kg | 34.00
= WT 0300 Watering
Merrow | Hose | 15 m; 20 m; 25 m; 30 m; 50 m | 21.00
Merrow | Soaker hose | 7.5 m; 15 m; 25 m | 11.75
Merrow | Hose reel | 20 m; 25 m; 40 m; wall box 30 m | 39.90
Merrow | Watering can | 5 l; 9 l; 10 l galvanised; indoor 1 l | 13.20
Merrow | Spray gun | 4 patterns; 7 patterns; metal | 9.95
Merrow | Tap connector | brass; plastic; double; with timer | 4.85
Merrow | Water butt | 100 l; 150 l; 210 l; slim 100 l | 42.00
Merrow | Rain gauge | plastic; glass; copper stand | 6.10
Merrow | Drip kit | 10 plants; 20 plants; 40 plants; greenhouse | 18.40
= LV 0040 Measuring
Halden | Spirit level | 40 cm; 60 cm; 90 cm; 120 cm; magnetic 60 cm | 21.30
Halden | Line level | single; twin pack; with line 30 m | 3.15
Halden | Laser distance meter | 20 m; 40 m; 60 m | 54.00
Halden | Tape measure | 5 m; 8 m; 30 m; 50 m | 6.80
Halden | Folding rule | 1 m; 2 m; 2 m white | 5.90
Halden | Soil thermometer | short; long; digital | 8.75
Halden | Moisture meter | single; with pH; digital | 9.40
Halden | Garden line | 15 m; 30 m; with pegs | 7.30
= GF 5000 Garden furniture
Larch and Loom | Folding bistro chair | green; grey; white; black | 54.00
Larch and Loom | Bistro table | 60 cm; 70 cm; folding | 79.50
Larch and Loom | Bench | 2 seats; 3 seats; storage; oak 2 seats | 148.00
Larch and Loom | Parasol | 2.0 m; 2.5 m; 3.0 m; tilting 2.5 m | 58.00
Larch and Loom | Parasol base | 15 kg; 20 kg; 30 kg; fillable | 29.80
Larch and Loom | Solar lantern | small; large; string of 10 | 17.25
Larch and Loom | Plant stand | one tier; three tiers; corner | 24.60
Larch and Loom | Deck chair | striped; green; beech | 39.00
Halden | Wheelbarrow | 85 l; 90 l; 110 l; two wheels | 79.00
= SB 7000 Seeds and bulbs
Tansy Seeds | Broad bean | Aquadulce; Masterpiece; The Sutton | 1.85
Tansy Seeds | Tomato | Gardener's Delight; Moneymaker; Sungold; Marmande | 2.10
Tansy Seeds | Carrot | Early Nantes; Autumn King; Purple Haze | 1.75
Tansy Seeds | Lettuce | Little Gem; Lollo Rossa; Winter Density | 1.60
Tansy Seeds | Courgette | Defender; Golden; Striato | 2.20
Tansy Seeds | Sweet pea | mixed; Matucana; Cupani | 1.60
Tansy Seeds | Sunflower | Russian Giant; Teddy Bear; mixed | 1.55
Tansy Seeds | Garlic bulbs | 3 pack; 6 pack; elephant | 3.95
Tansy Seeds | Tulip | 25 bulbs; 50 bulbs; 100 bulbs; black 25 bulbs | 6.70
Tansy Seeds | Crocus | 25 bulbs; 50 bulbs; 100 bulbs | 4.90
Tansy Seeds | Narcissus | 25 bulbs; 50 bulbs; miniature 25 bulbs | 7.10
= SC 8000 Soil and care
Fenland Peatless | Seed compost | 10 l; 30 l; 60 l | 2.60
Fenland Peatless | Potting compost | 30 l; 50 l; 60 l; with feed 50 l | 4.95
Fenland Peatless | Bark mulch | 60 l; 100 l; chipped 60 l | 7.95
Fenland Peatless | Grit sand | 10 kg; 20 kg; 25 kg | 2.80
Fenland Peatless | Lime | 3 kg; 5 kg; 10 kg | 3.80
Fenland Peatless | Tomato feed | 1 l; 2.5 l; slow release | 4.40
Fenland Peatless | Lawn feed | 100 m2; 200 m2; 400 m2; autumn 200 m2 | 9.60
Fenland Peatless | Bone meal | 1.5 kg; 4 kg; 10 kg | 3.90
"""
SUPPLIERS = (  # name, town, orders to, days to deliver
    ("Brookfield", "Sheffield", "orders@brookfield.example", 5),
    ("Fenland Peatless", "Ely", "sales@fenland-peatless.example", 9),
    ("Halden", "Bristol", "trade@halden.example", 12),
    ("Larch and Loom", "Kendal", "orders@larchandloom.example", 21),
    ("Merrow", "Hereford", "trade@merrow.example", 7),
    ("Oakham Tools", "Oakham", "orders@oakhamtools.example", 4),
    ("Tansy Seeds", "Colchester", "hello@tansyseeds.example", 3),
)
SCHEMA = """
CREATE TABLE suppliers (
    id INTEGER PRIMARY KEY, name VARCHAR(60) NOT NULL, town VARCHAR(60) NOT NULL,
    email VARCHAR(80) NOT NULL, lead_days INTEGER NOT NULL
);
CREATE TABLE items (
    sku VARCHAR(12) PRIMARY KEY, name VARCHAR(80) NOT NULL, category VARCHAR(40) NOT NULL,
    supplier_id INTEGER NOT NULL REFERENCES suppliers (id), price NUMERIC(10, 2) NOT NULL,
    discontinued INTEGER NOT NULL
);
CREATE TABLE levels (
    sku VARCHAR(12) NOT NULL REFERENCES items (sku), site VARCHAR(20) NOT NULL,
    on_hand INTEGER NOT NULL, minimum INTEGER NOT NULL, counted DATE NOT NULL,
    PRIMARY KEY (sku, site)
);
CREATE TABLE movements (
    id INTEGER PRIMARY KEY, moved DATE NOT NULL, sku VARCHAR(12) NOT NULL REFERENCES items (sku),
    site VARCHAR(20) NOT NULL, kind VARCHAR(12) NOT NULL, quantity INTEGER NOT NULL,
    note VARCHAR(80)
);
"""
FIRST_DAY, LAST_DAY = date(2026, 1, 5), date(2026, 11, 20)


def items(chance):
    """Return rows of the table items."""
    number = {name: i for i, (name, *_) in enumerate(SUPPLIERS, 1)}
    found = []
    for line in PRODUCTS.strip().splitlines():
        if line.startswith("="):
            _, letters, start, category = line.split(maxsplit=3)
            code = int(start)
            continue
        supplier, name, variants, price = (part.strip() for part in line.split("|"))
        for place, variant in enumerate(variants.split("; ")):
            code += chance.choice((1, 1, 2, 3))
            dear = round(float(price) * (1 + 0.18 * place) * 20) / 20
            old = int(chance.random() < 0.04)
            comma = " " if variant[0].isdigit() else ", "
            sku = f"{letters}-{code:04}"
            found.append((sku, name + comma + variant, category, number[supplier], dear, old))
    return found


def levels(chance, goods):
    """Return rows of the table levels: every item at Leeds, most at Hull and York."""
    found = []
    for sku, *_ in goods:
        for site, share in (("Leeds", 1.0), ("Hull", 0.7), ("York", 0.55)):
            if chance.random() < share:
                least = chance.choice((10, 12, 20, 24, 30, 40, 60, 80, 120))
                low = chance.random() < 0.09
                on_hand = chance.randrange(least) if low else chance.randrange(least, 3 * least)
                counted = LAST_DAY - timedelta(chance.randrange(110))
                found.append((sku, site, on_hand, least, counted.isoformat()))
    return found


def movements(chance, stock):
    """Return rows of the table movements: what led to the levels, told backwards, then sorted."""
    days = [FIRST_DAY + timedelta(n) for n in range(1, (LAST_DAY - FIRST_DAY).days + 1)]
    days = [day.isoformat() for day in days if day.weekday() < 6]
    found = []
    for sku, site, balance, least, _ in stock:
        for day in sorted(chance.sample(days, chance.randrange(6, 15)), reverse=True):
            kind, quantity, note = one_movement(chance, balance, least)
            found.append((day, sku, site, kind, quantity, note))
            balance -= quantity  # noqa: PLW2901 - told backwards
        found.append((FIRST_DAY.isoformat(), sku, site, "correction", balance, "opening count"))
    return [(number, *row) for number, row in enumerate(sorted(found), 1)]


def one_movement(chance, on_hand, least):
    """Return (kind, quantity, note) of a movement after which on_hand were left."""
    luck = chance.random()
    if luck < 0.06:
        return "correction", -chance.randrange(1, 4), chance.choice(("damaged", "missing at count"))
    if luck < 0.3 and on_hand > 6:
        quantity = chance.randrange(min(on_hand, least) // 2, on_hand) + 1
        return "in", quantity, f"delivery note {chance.randrange(7000, 9999)}"
    return "out", -chance.randrange(1, 13), f"sales order {chance.randrange(41000, 49999)}"


def make(path):
    """Write the sample database to a path that does not exist yet; return {table: rows}."""
    chance = random.Random(20261122)
    goods = items(chance)
    stock = levels(chance, goods)
    tables = {
        "suppliers": [(i, *row) for i, row in enumerate(SUPPLIERS, 1)],
        "items": goods,
        "levels": stock,
        "movements": movements(chance, stock),
    }
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(SCHEMA)
        for name, rows in tables.items():
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    return {name: len(rows) for name, rows in tables.items()}
