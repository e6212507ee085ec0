"""big.py ROWS SEED: a CSV of malware records, many of them of one report."""
import random
import sys

rows, seed = int(sys.argv[1]), int(sys.argv[2])
chance = random.Random(seed)
print("reporter,accepted_on,detected_on,name,kind,detections,route")
for _ in range(rows):
    print(f"reporter {chance.randint(1, 2000)},2011-11-{chance.randint(10, 30)},2011-11-0{chance.randint(1, 9)},"
          f"W32/N{chance.randint(1, 40)},virus,{chance.randint(1, 9)},mail")
