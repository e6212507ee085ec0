"""xccdf.py definitions|benchmark-1.1|benchmark-1.2: a document for this machine that oscap can judge too. Definition N asks
for a file; true where N is even. Classes take turns. The benchmark has rules of every kind over them."""
import sys

CLASSES = ["vulnerability", "patch", "compliance", "inventory", "miscellaneous"]
COUNT = 20
OVAL = "http://oval.mitre.org/XMLSchema/oval-definitions-5"


def definitions():
    print(f'<oval_definitions xmlns="{OVAL}" xmlns:c="http://oval.mitre.org/XMLSchema/oval-common-5" xmlns:u="{OVAL}#unix"'
          f' xmlns:i="{OVAL}#independent" xmlns:w="{OVAL}#windows">')
    print("<generator><c:schema_version>5.10</c:schema_version><c:timestamp>2026-11-01T00:00:00</c:timestamp></generator><definitions>")
    for n in range(1, COUNT):
        print(f'<definition class="{CLASSES[n % 5]}" id="oval:made:def:{n}" version="1"><metadata><title>definition {n}</title>'
              f'<affected family="unix"><product>product {n}</product></affected>'
              f'<reference source="CVE" ref_id="CVE-2011-{n:04}" ref_url="http://cve.example/{n}"/><description>d</description></metadata>'
              f'<criteria><criterion test_ref="oval:made:tst:{n}"/></criteria></definition>')
    # what this system has no such thing for, and what is not known
    print('<definition class="compliance" id="oval:made:def:100" version="1"><metadata><title>unknown</title><description>d</description>'
          '</metadata><criteria><criterion test_ref="oval:made:tst:100"/></criteria></definition>')
    print("</definitions><tests>")
    for n in range(1, COUNT):
        print(f'<u:file_test check="all" comment="c" id="oval:made:tst:{n}" version="1"><u:object object_ref="oval:made:obj:{n}"/></u:file_test>')
    print('<i:unknown_test check="all" comment="c" id="oval:made:tst:100" version="1"/>')
    print("</tests><objects>")
    for n in range(1, COUNT):
        path = "/etc/passwd" if n % 2 == 0 else f"/etc/mimamori-there-is-no-{n}"
        print(f'<u:file_object id="oval:made:obj:{n}" version="1"><u:filepath>{path}</u:filepath></u:file_object>')
    print("</objects></oval_definitions>")


class Benchmark:
    def __init__(self, version):
        self.version, self.ids = version, 0

    def name(self, kind):
        self.ids += 1
        return f"xccdf_made_{kind}_{self.ids:02}" if self.version == "1.2" else f"{kind}-{self.ids:02}"

    def check(self, n, extra="", system=OVAL):
        return f'<check system="{system}" {extra}><check-content-ref href="definitions.xml" name="oval:made:def:{n}"/></check>'

    def rule(self, checks, extra=""):
        print(f'<Rule id="{self.name("rule")}" {extra}><title>a rule</title>{checks}</Rule>')

    def complex(self, operator, *checks, extra=""):
        return f'<complex-check operator="{operator}" {extra}>{"".join(checks)}</complex-check>'

    def group(self, extra=""):
        print(f'<Group id="{self.name("group")}" {extra}><title>a group</title>')

    def write(self):
        print(f'<Benchmark xmlns="http://checklists.nist.gov/xccdf/{self.version}" id="{self.name("benchmark")}" resolved="1">'
              '<status date="2026-11-01">draft</status><title>a benchmark</title><version>1</version>')
        for n in range(1, 11):
            self.rule(self.check(n))
        self.rule(self.check(999))
        self.rule(self.check(100))
        self.rule("")
        self.rule(self.check(2), 'selected="false"')
        self.rule(self.check(2, system="http://checks.example/unheard-of"))
        self.rule(self.check(2), 'role="unchecked"')
        self.rule(f'<check system="{OVAL}"><check-content-ref href="definitions.xml"/></check>')
        truth = {"pass": 2, "fail": 3, "unknown": 100, "none": 999}
        for operator in ("AND", "OR"):
            for a in truth.values():
                for b in truth.values():
                    # oscap 1.3.7 makes an error of what is unknown first; NISTIR 7275's tables know no order
                    if a != truth["unknown"] or a == b:
                        self.rule(self.complex(operator, self.check(a), self.check(b)))
        self.rule(self.complex("AND", self.check(2), self.complex("OR", self.check(3), self.check(4), extra='negate="true"')))
        self.rule(self.complex("OR", self.check(3), self.complex("AND", self.check(2), self.check(4))))
        self.group('selected="false"')
        self.rule(self.check(2))
        self.group()
        self.rule(self.check(3), 'selected="true"')
        print("</Group></Group>")
        self.group()
        self.rule(self.check(3))
        self.rule(self.check(2), 'selected="0"')
        print("</Group>")
        if self.version == "1.2":
            self.rule(self.check(2, 'negate="true"'))
            self.rule(self.check(3, 'negate="true"'))
            self.rule(self.check(100, 'negate="true"'))
        print("</Benchmark>")


if sys.argv[1] == "definitions":
    definitions()
else:
    Benchmark(sys.argv[1].removeprefix("benchmark-")).write()
