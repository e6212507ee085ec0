"""records: what an SQL statement gives, a row a line, its cells between '|'. records.py FILE SQL"""
import sqlite3
import sys

records = sqlite3.connect(sys.argv[1], timeout=10)
for row in records.execute(sys.argv[2]):
    print("|".join("" if cell is None else str(cell) for cell in row))
records.commit()
