"""order.py dpkg|rpm COUNT: pairs of versions that are hard to tell apart, always the same ones, a pair a line with a tab.
With `dpkg judge`: reads such lines, and says "-1", "0" or "1" of each as dpkg itself does."""
import random
import subprocess
import sys


def number(chance):
    return chance.choice(["0", "00", "1", "01", "2", "9", "10", "010", "99", "2147483648", "18446744073709551616",
                          "000000000000000000000000000001", str(chance.randrange(10 ** chance.randrange(1, 30)))])


def pieces(chance, signs, most):
    made = ""
    for _ in range(chance.randrange(most)):
        made += chance.choice([number(chance), chance.choice(signs), chance.choice("abzAZ"), chance.choice(["rc", "dfsg", "deb", "git"])])
    return made


def version(chance, kind):
    signs = "~+.~~.." if kind == "dpkg" else "~^+._~^.."
    made = number(chance) + pieces(chance, signs, 7)
    if chance.random() < 0.3:
        made = chance.choice(["0:", "1:", "00:", "01:", "2:", "2147483647:"]) + made
    if kind == "dpkg" and chance.random() < 0.2:
        made += "-" + chance.choice("019abz") + pieces(chance, signs, 3)
    if chance.random() < 0.6:
        made += "-" + (number(chance) if chance.random() < 0.7 else chance.choice("ab" + signs)) + pieces(chance, signs, 5)
    return made


def changed(chance, old, kind):
    """One sign more, less or other, so that pairs are near."""
    signs = "~+.0012ab" if kind == "dpkg" else "~^+._0012ab"
    at = chance.randrange(len(old) + 1)
    if kind == "rpm" and chance.random() < 0.1:
        return old.partition("-")[0]
    return chance.choice([old[:at] + chance.choice(signs) + old[at:], old[:at] + old[at + 1:], old[:at] + chance.choice(signs) + old[at + 1:]])


def fit(made):
    """What dpkg itself takes, at most with a warning."""
    head, colon, rest = made.partition(":")
    if colon and (not head.isdigit() or int(head) > 2147483647):
        return False
    rest = rest if colon else head
    return rest != "" and not rest.endswith("-") and not rest.startswith("-") and ":" not in rest


def dpkg(a, b):
    def holds(relation):
        return subprocess.run(["dpkg", "--compare-versions", a, relation, b], stderr=subprocess.DEVNULL).returncode == 0
    return -1 if holds("lt") else 0 if holds("eq") else 1


def main():
    kind = sys.argv[1]
    if sys.argv[2] == "judge":
        for line in sys.stdin:
            print(dpkg(*line.rstrip("\n").split("\t")))
        return
    chance = random.Random(20111105)
    made = 0
    while made < int(sys.argv[2]):
        a = version(chance, kind)
        b = changed(chance, a, kind) if chance.random() < 0.7 else version(chance, kind)
        if fit(a) and fit(b):
            print(a + "\t" + b)
            made += 1


main()
