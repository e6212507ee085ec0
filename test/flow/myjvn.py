"""myjvn: a server for the tests that speaks the MyJVN API 3.x, well and badly. myjvn.py PORT-FILE LOG [CERTIFICATE KEY]

The first part of a path is how it behaves ("/well/myjvn", "/error/myjvn", "/slow/feed.xml"): see BEHAVIOURS. Each request is a
line of LOG: its path, its User-Agent, and what it is conditional on."""
import gzip
import http.server
import os
import pathlib
import ssl
import sys
import time
import urllib.parse
from xml.sax.saxutils import escape

port_file, log = sys.argv[1], pathlib.Path(sys.argv[2])
MYJVN = 'http://jvndb.jvn.jp/myjvn/'
OVAL = 'http://oval.mitre.org/XMLSchema/oval-'
OVERVIEWS = 120  # of Firefox the first 60, the others of another product
SAME = '"one"'   # the ETag of what never changes
CHANGED = 'Mon, 23 Nov 2026 09:00:00 GMT'


def status(method, total=0, returned=None, first=1, code=0, message=''):
    returned = total if returned is None else returned
    return (f'<status:Status xmlns:status="{MYJVN}Status" version="3.3" method="{method}" feed="hnd" lang="ja" retCd="{code}" '
            f'retMax="50" errCd="{"E1" if code else ""}" errMsg="{escape(message)}" totalRes="{total}" totalResRet="{returned}" '
            f'firstRes="{first if returned else ""}"/>')


def result(method, body, *counts):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Result version="3.3" xmlns="{MYJVN}Results">{body}{status(method, *counts)}</Result>'


def definition(number, below):
    """A registry definition: is Firefox older than `below`?"""
    windows = f'{OVAL}definitions-5#windows'
    return f'''<oval-def:oval_definitions xmlns:oval-def="{OVAL}definitions-5" xmlns:oval="{OVAL}common-5">
<oval-def:generator><oval:schema_version>5.8</oval:schema_version><oval:timestamp>2011-06-14T10:00:00</oval:timestamp></oval-def:generator>
<oval-def:definitions><oval-def:definition id="oval:jp.example:def:{number}" version="1" class="vulnerability"><oval-def:metadata>
<oval-def:title>Firefox before {below}</oval-def:title><oval-def:affected family="windows"><oval-def:product>Mozilla Firefox</oval-def:product>
</oval-def:affected><oval-def:reference source="CVE" ref_id="CVE-2026-000{number}"/><oval-def:description/></oval-def:metadata>
<oval-def:criteria><oval-def:criterion test_ref="oval:jp.example:tst:{number}"/></oval-def:criteria></oval-def:definition></oval-def:definitions>
<oval-def:tests><registry_test xmlns="{windows}" id="oval:jp.example:tst:{number}" version="1" check="all" comment="-">
<object object_ref="oval:jp.example:obj:{number}"/><state state_ref="oval:jp.example:ste:{number}"/></registry_test></oval-def:tests>
<oval-def:objects><registry_object xmlns="{windows}" id="oval:jp.example:obj:{number}" version="1"><hive>HKEY_LOCAL_MACHINE</hive>
<key>SOFTWARE\\Mozilla\\Mozilla Firefox</key><name>Version</name></registry_object></oval-def:objects>
<oval-def:states><registry_state xmlns="{windows}" id="oval:jp.example:ste:{number}" version="1">
<value datatype="version" operation="less than">{below}</value></registry_state></oval-def:states></oval-def:oval_definitions>'''


def overview(number):
    name = 'Firefox' if number <= OVERVIEWS // 2 else 'Thunderbird'
    link = f'https://jvndb.jvn.jp/ja/contents/2026/JVNDB-2026-{number:06}.html'
    return (f'<item rdf:about="{link}"><title>Mozilla {name} における脆弱性 {number}</title><link>{link}</link>'
            f'<sec:identifier>JVNDB-2026-{number:06}</sec:identifier>'
            f'<sec:cpe version="2.2" vendor="Mozilla Foundation" product="Mozilla {name}">cpe:/a:mozilla:{name.lower()}</sec:cpe>'
            f'<dc:date>2026-11-01T10:00+09:00</dc:date></item>')


def overviews(items, total, first):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:sec="http://jvn.jp/rss/mod_sec/3.0/"><channel><title>JVNDB</title><link>x</link><description/>'
            '<dc:date>2026-11-23T10:00+09:00</dc:date></channel>' + ''.join(overview(number) for number in items) +
            status('getVulnOverviewList', total, len(items), first) + '</rdf:RDF>')


VERSIONS = {1: '140.0 未満', 2: '１３０．０ 以上 140.0.2 未満', 3: '公開された版のうち古いもの'}


def detail(identifier):
    number = int(identifier.rsplit('-', 1)[1])
    if number == 5:  # the details of one are not there
        return ''
    affected = 'notvulnerable' if number == 4 else 'vulnerable'
    return (f'<Vulinfo><VulinfoID>{identifier}</VulinfoID><VulinfoData><Title>Mozilla Firefox における脆弱性 {number}</Title><Affected>'
            f'<AffectedItem affectedstatus="{affected}"><Name>Mozilla Foundation</Name><ProductName>Mozilla Firefox</ProductName>'
            f'<Cpe version="2.2">cpe:/a:mozilla:firefox</Cpe><VersionNumber>{VERSIONS.get(number, "100.0 から 110.0")}</VersionNumber>'
            f'</AffectedItem></Affected></VulinfoData></Vulinfo>')


class Asked:
    """The parameters of a request to the API."""

    def __init__(self, query):
        self.all = {name: values[0] for name, values in urllib.parse.parse_qs(query).items()}
        self.method = self.all.get('method', '')
        self.first, self.most = int(self.all.get('startItem', 1)), min(int(self.all.get('maxCountItem', 50)), 50)

    def numbers(self, total):
        return range(self.first, min(self.first + self.most, total + 1))


def page_of(asked, total=OVERVIEWS):
    if asked.all.get('keyword') != 'mozilla firefox':
        return result(asked.method, '', 0)
    for name in ('rangeDatePublic', 'rangeDatePublished', 'rangeDateFirstPublished'):
        if asked.all.get(name) != 'n':  # the API itself would give last week's only
            total = 1
    return overviews(asked.numbers(total), total, asked.first)


def answer(asked):
    """What the API says when all is well."""
    if asked.method == 'getXccdfList':
        return result(asked.method, '<XccdfList><XccdfListItem id="benchmark-1" title="t" description="d"/></XccdfList>', 1)
    if asked.method == 'getXccdfData' and asked.all['benchmarkId'] == 'benchmark-1':
        return result(asked.method, '<cdf:Benchmark xmlns:cdf="http://checklists.nist.gov/xccdf/1.1" id="benchmark-1">'
                      '<cdf:status date="2011-06-14">accepted</cdf:status><cdf:title>Versions</cdf:title><cdf:version>1</cdf:version>'
                      '</cdf:Benchmark>', 1)
    if asked.method == 'getOvalList' and asked.all['platform'] == 'cpe:/o:microsoft:windows*':
        return result(asked.method, '<VendorInfo><Vendor vname="Mozilla" vid="1"><Product pname="Firefox" pid="1"><OvalList>'
                      '<OvalListItem oid="oval:jp.example:def:1"/><OvalListItem oid="oval:jp.example:def:2"/>'
                      '<OvalListItem oid="oval:jp.example:def:1"/></OvalList></Product></Vendor></VendorInfo>', 1)
    if asked.method == 'getOvalData':
        number = int(asked.all['ovalId'].rsplit(':', 1)[1])
        return result(asked.method, definition(number, {1: '140.0.2', 2: '139.0'}[number]), 1)
    if asked.method == 'getVulnOverviewList':
        return page_of(asked)
    if asked.method == 'getVulnDetailInfo':
        # '+' is what joins them, and what an address makes a space of
        found = ''.join(detail(identifier) for identifier in asked.all['vulnId'].split(' ')[:10])
        return ('<?xml version="1.0" encoding="UTF-8"?>\n<VULDEF-Document version="3.2" xmlns="http://jvn.jp/vuldef/" xml:lang="ja">'
                + found + status(asked.method, 10) + '</VULDEF-Document>')
    return result(asked.method, '', 0, 0, 1, 1, f'there is no method {asked.method}')


def lie_empty(asked):
    """More is promised, nothing comes."""
    return overviews([], OVERVIEWS, asked.first) if asked.first > 50 else page_of(asked)


def lie_growing(asked):
    """Always one page more than before."""
    return page_of(asked, asked.first + 99)


def lie_again(asked):
    """The same page again and again."""
    return overviews(range(1, 51), OVERVIEWS, 1)


def lie_more(asked):
    """More than was promised."""
    return overviews(range(asked.first, asked.first + 50), 20, asked.first)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *words):
        pass

    def give(self, body, code=200, length=None, **headers):
        body = body.encode() if isinstance(body, str) else body
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace('_', '-'), value)
        self.send_header('Content-Length', str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        manner = address.path.split('/')[1]
        with log.open('a') as lines:
            lines.write(f'{self.path} agent={self.headers.get("User-Agent")} etag={self.headers.get("If-None-Match", "")} '
                        f'modified={self.headers.get("If-Modified-Since", "")}\n')
        BEHAVIOURS[manner](self, Asked(address.query))

    # each is what a path begins with

    def well(self, asked):
        self.give(answer(asked))

    def lie(manner):
        return lambda self, asked: self.give(manner(asked) if asked.method == 'getVulnOverviewList' else answer(asked))

    def error(self, asked):
        self.give(result(asked.method, '', 0, 0, 1, 1, 'the service is closed\x85\u202e for tonight'.replace('\x85', '')))

    def half(self, asked):  # lists and overviews, but none of their documents
        self.give('no', 500) if asked.method.endswith('Data') else self.give(answer(asked))

    def many(self, asked):  # more definitions than a run asks for
        if asked.method == 'getOvalList':
            listed = ''.join(f'<OvalListItem oid="oval:jp.example:def:{number}"/>' for number in range(500))
            self.give(result(asked.method, f'<VendorInfo><Vendor vname="v"><Product pname="p"><OvalList>{listed}</OvalList></Product></Vendor>'
                             '</VendorInfo>', 1))
        elif asked.method == 'getOvalData':
            self.give(result(asked.method, definition(1, '1.0'), 1))
        else:
            self.give(answer(asked))

    def missing(self, asked):
        self.give('not here', 404)

    def broken(self, asked):
        self.give('out of order', 500)

    def html(self, asked):
        self.give('<html><body>Welcome</body></html>')

    def cut(self, asked):
        self.give(definition(1, '1'), length=100000)
        self.close_connection = True

    def slow(self, asked):
        time.sleep(60)

    def loop(self, asked):
        self.give('', 302, Location=self.path + 'x')

    def moved(self, asked):
        self.give('', 301, Location='/oval/there')

    def local(self, asked):
        self.give('', 302, Location='file:///etc/passwd')

    def downgrade(self, asked):  # of https
        self.give('', 302, Location=f'http://127.0.0.1:{self.server.server_port}/oval/there')

    def secret(self, asked):
        self.give('', 302, Location=f'http://user:password@127.0.0.1:{self.server.server_port}/oval/there')

    def oval(self, asked):
        self.give(definition(1, '140.0.2'))

    def zipped(self, asked):
        self.give(gzip.compress(definition(1, '140.0.2').encode()), Content_Encoding='gzip')

    def packed(self, asked):  # the file itself is packed, whatever the server says
        self.give(gzip.compress(definition(1, '140.0.2').encode()), Content_Type='application/octet-stream')

    def bomb(self, asked):
        self.give(gzip.compress(b' ' * (300 << 20), 1), Content_Encoding='gzip')

    def huge(self, asked):
        self.give('<', length=10 << 30)
        self.close_connection = True

    def endless(self, asked):
        self.send_response(200)
        self.send_header('Transfer-Encoding', 'chunked')
        self.end_headers()
        run = b'%x\r\n%s\r\n' % (1 << 20, b' ' * (1 << 20))
        for _ in range(400):
            try:
                self.wfile.write(run)
            except OSError:
                return

    def laughs(self, asked):
        entities = ''.join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(10))
        self.give(f'<?xml version="1.0"?><!DOCTYPE r [{entities}]><r>&l9;</r>')

    def deep(self, asked):
        root = f'<oval_definitions xmlns="{OVAL}definitions-5"><generator>'
        self.give(root + '<a>' * 1000000)

    def same(self, asked):
        if self.headers.get('If-None-Match') == SAME and self.headers.get('If-Modified-Since') == CHANGED:
            self.send_response(304)
            self.end_headers()
        else:
            self.give(definition(1, '140.0.2'), ETag=SAME, Last_Modified=CHANGED)

    growing, empty, again, more = lie(lie_growing), lie(lie_empty), lie(lie_again), lie(lie_more)


BEHAVIOURS = {name: function for name, function in vars(Handler).items() if callable(function)}
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
if len(sys.argv) > 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3], sys.argv[4])
    server.socket = context.wrap_socket(server.socket, server_side=True)
pathlib.Path(port_file + '.new').write_text(str(server.server_port))
os.rename(port_file + '.new', port_file)
server.serve_forever()
