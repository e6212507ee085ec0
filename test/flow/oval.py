#!/usr/bin/env python3
"""OVAL documents for the flow test: oval.py real|random|own|many|hostile ... > document

real: every kind of thing that OVAL can say of this machine's packages and files. random SEED COUNT: as many definitions,
put together by chance. own: what OpenSCAP judges in another way than the language says; each definition's title is the
result that it must have. many COUNT: as Debian publishes them, one for a vulnerability. hostile NAME: what nobody means well."""
import random
import subprocess
import sys

LANGUAGE = 'http://oval.mitre.org/XMLSchema/oval-definitions-5'
HEAD = (f'<?xml version="1.0" encoding="UTF-8"?>\n<oval_definitions xmlns="{LANGUAGE}" '
        'xmlns:oval="http://oval.mitre.org/XMLSchema/oval-common-5" '
        f'xmlns:l="{LANGUAGE}#linux" xmlns:i="{LANGUAGE}#independent" xmlns:u="{LANGUAGE}#unix" xmlns:w="{LANGUAGE}#windows" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n<generator><oval:product_name>test</oval:product_name>'
        '<oval:schema_version>5.11.1</oval:schema_version><oval:timestamp>2026-11-20T00:00:00</oval:timestamp></generator>\n')
SPACE = {'dpkginfo': 'l', 'rpminfo': 'l', 'family': 'i', 'variable': 'i', 'textfilecontent54': 'i', 'unknown': 'i',
         'environmentvariable': 'i', 'uname': 'u', 'file': 'u', 'registry': 'w', 'partition': 'l'}


def escaped(text):
    return text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace('"', '&quot;')


def attributes(**given):
    return ''.join(f' {name.rstrip("_")}="{escaped(str(value))}"' for name, value in given.items() if value is not None)


class Document:
    def __init__(self):
        self.parts = {'definition': [], 'test': [], 'object': [], 'state': [], 'variable': []}

    def add(self, part, write):
        short = {'definition': 'def', 'test': 'tst', 'object': 'obj', 'state': 'ste', 'variable': 'var'}[part]
        made = f'oval:x:{short}:{len(self.parts[part]) + 1}'
        self.parts[part].append(None)
        self.parts[part][-1] = write(made)
        return made

    def object(self, kind, body):
        tag = f'{SPACE[kind]}:{kind}_object'
        return self.add('object', lambda made: f'<{tag} id="{made}" version="1">{body}</{tag}>')

    def state(self, kind, body, operator=None):
        tag = f'{SPACE[kind]}:{kind}_state'
        return self.add('state', lambda made: f'<{tag} id="{made}" version="1"{attributes(operator=operator)}>{body}</{tag}>')

    def test(self, kind, thing, states=(), **how):
        how.setdefault('check', 'all')
        space = SPACE[kind]
        held = ''.join(f'<{space}:state state_ref="{state}"/>' for state in states)
        seen = f'<{space}:object object_ref="{thing}"/>' if thing else ''
        return self.add('test', lambda made: f'<{space}:{kind}_test id="{made}" version="1" comment="c"{attributes(**how)}>'
                                             f'{seen}{held}</{space}:{kind}_test>')

    def variable(self, kind, body, datatype='string'):
        return self.add('variable', lambda made: f'<{kind}_variable id="{made}" version="1" datatype="{datatype}" comment="c">'
                                                 f'{body}</{kind}_variable>')

    def constant(self, *values, datatype='string'):
        return self.variable('constant', ''.join(f'<value>{escaped(value)}</value>' for value in values), datatype)

    def definition(self, criteria, title='t', product='p', kind='vulnerability'):
        return self.add('definition', lambda made: (
            f'<definition id="{made}" version="1" class="{kind}"><metadata><title>{escaped(title)}</title><affected family="unix">'
            f'<product>{escaped(product)}</product></affected><reference source="CVE" ref_id="CVE-2026-{made.split(":")[3]}"/>'
            f'<description>d</description></metadata>{criteria}</definition>'))

    def of_tests(self, *tests, operator='AND', negate=None, title='t'):
        inner = ''.join(f'<criterion test_ref="{test}" comment="c"/>' for test in tests)
        return self.definition(f'<criteria{attributes(operator=operator, negate=negate)}>{inner}</criteria>', title)

    def write(self, out):
        out.write(HEAD)
        for part, lines in self.parts.items():
            if lines:
                out.write(f'<{part}s>\n' + '\n'.join(lines) + f'\n</{part}s>\n')
        out.write('</oval_definitions>\n')


def packages():
    shown = subprocess.run(['dpkg-query', '-W', '-f', '${db:Status-Status}\t${Package}\t${Version}\n'], capture_output=True,
                           text=True, check=True).stdout
    found, twice = {}, set()
    for line in shown.splitlines():
        state, name, version = line.split('\t')
        if name in found:
            twice.add(name)
        if state == 'installed':
            found[name] = version if ':' in version else '0:' + version
    return {name: version for name, version in sorted(found.items()) if name not in twice}


ORDERS = ['equals', 'not equal', 'greater than', 'less than', 'greater than or equal', 'less than or equal']
CHECKS = ['all', 'at least one', 'none satisfy', 'only one']
EXISTENCES = ['all_exist', 'any_exist', 'at_least_one_exists', 'none_exist', 'only_one_exists']
OPERATORS = ['AND', 'OR', 'ONE', 'XOR']


def entity(space, name, value='', **how):
    return f'<{space}:{name}{attributes(**how)}>{escaped(value)}</{space}:{name}>'


def near(version, how):
    """The same version, one that is newer and ones that are older."""
    epoch, rest = version.split(':', 1)
    return [version, version + '+b9', version + '~1', f'{int(epoch) + 1}:{rest}', '0:0', f'{epoch}:{rest}.1'][how % 6]


def real(out):
    document, known = Document(), packages()
    names = list(known)
    # every package against itself and what is near it, by every order
    for at, (name, version) in enumerate(known.items()):
        thing = document.object('dpkginfo', entity('l', 'name', name))
        for turn in (at, at + 1):
            state = document.state('dpkginfo', entity('l', 'evr', near(version, turn), datatype='debian_evr_string',
                                                      operation=ORDERS[turn % 6]))
            document.of_tests(document.test('dpkginfo', thing, [state]))
    some = [document.object('dpkginfo', entity('l', 'name', name)) for name in ['bash', 'nosuch-package', names[0], 'tar']]
    bash = document.state('dpkginfo', entity('l', 'name', 'bash'))
    # existence by check, with a state and without
    for thing in some:
        for existence in EXISTENCES:
            for check in CHECKS:
                document.of_tests(document.test('dpkginfo', thing, check=check, check_existence=existence))
                document.of_tests(document.test('dpkginfo', thing, [bash], check=check, check_existence=existence))
    fields = {'arch': 'amd64', 'epoch': '0', 'version': known['bash'].split(':')[1].split('-')[0]}
    for name, value in fields.items():
        for operation in ['equals', 'not equal', 'pattern match', 'case insensitive equals', 'case insensitive not equal']:
            state = document.state('dpkginfo', entity('l', name, value, operation=operation))
            document.of_tests(document.test('dpkginfo', some[0], [state]))
    true, false = document.test('dpkginfo', some[0]), document.test('dpkginfo', some[1])
    unknown = document.test('unknown', None)
    judged = {'T': true, 'F': false, 'U': unknown}
    # every operator over what there may be, negated and not
    for mix in ['T', 'F', 'U', 'TT', 'TF', 'FF', 'TU', 'FU', 'UU', 'TTF', 'TFF', 'TTT', 'TTU', 'TFU', 'FFU', 'TTTF']:
        for operator in OPERATORS:
            for negate in (None, 'true', 'false'):
                document.of_tests(*[judged[one] for one in mix], operator=operator, negate=negate)
    inner = f'<criterion test_ref="{true}" negate="true"/><criterion test_ref="{false}" negate="1"/>'
    base = document.definition(f'<criteria operator="OR"><criteria operator="AND">{inner}</criteria>{inner}</criteria>')
    document.definition(f'<criteria><extend_definition definition_ref="{base}"/></criteria>')
    document.definition(f'<criteria><extend_definition definition_ref="{base}" negate="true"/>'
                        f'<criterion test_ref="{unknown}"/></criteria>')
    document.definition('')
    two_states(document, some[0])
    by_variables(document, some)
    by_functions(document)
    by_sets(document)
    by_files(document)
    by_system(document)
    document.write(out)


def two_states(document, thing):
    states = [document.state('dpkginfo', entity('l', 'name', name)) for name in ('bash', 'dash')]
    for operator in OPERATORS:
        document.of_tests(document.test('dpkginfo', thing, states, state_operator=operator))
        both = document.state('dpkginfo', entity('l', 'name', 'bash') + entity('l', 'epoch', '7'), operator)
        document.of_tests(document.test('dpkginfo', thing, [both]))


def by_variables(document, some):
    values = document.constant('bash', 'tar', 'nosuch-package')
    thing = document.object('dpkginfo', entity('l', 'name', var_ref=values, var_check='at least one'))
    for existence in EXISTENCES:
        document.of_tests(document.test('dpkginfo', thing, check_existence=existence))
    for check in CHECKS:
        state = document.state('dpkginfo', entity('l', 'name', var_ref=values, var_check=check))
        for over in CHECKS:
            document.of_tests(document.test('dpkginfo', thing, [state], check=over))
            held = document.state('variable', entity('i', 'value', 'tar', entity_check=check))
            seen = document.object('variable', entity('i', 'var_ref', values))
            document.of_tests(document.test('variable', seen, [held], check=over))
    none = document.variable('local', f'<object_component object_ref="{some[1]}" item_field="name"/>')
    state = document.state('dpkginfo', entity('l', 'name', var_ref=none, var_check='all'))
    document.of_tests(document.test('dpkginfo', some[0], [state]))
    thing = document.object('dpkginfo', entity('l', 'name', var_ref=none, var_check='at least one'))
    for existence in EXISTENCES:
        document.of_tests(document.test('dpkginfo', thing, check_existence=existence))


def literal(value):
    return f'<literal_component>{escaped(value)}</literal_component>'


def by_functions(document):
    two = f'<variable_component var_ref="{document.constant("ab-c", "x(y)*")}"/>'
    numbers = ''.join(f'<variable_component var_ref="{document.constant(*ones, datatype="int")}"/>' for ones in (['1', '2'], ['3', '4', '5']))
    made = {
        f'<concat>{literal("<")}{two}{literal(">")}</concat>': ['<ab-c>', '<x(y)*>', 'ab-c'],
        f'<concat>{two}{two}</concat>': ['ab-cab-c', 'ab-cx(y)*', 'x(y)*ab-c'],
        f'<begin character="/">{two}</begin>': ['/ab-c', 'ab-c'],
        f'<begin character="ab">{two}</begin>': ['ab-c', 'abab-c', 'abx(y)*'],
        f'<end character="*">{two}</end>': ['ab-c*', 'x(y)*', 'x(y)**'],
        f'<escape_regex>{two}</escape_regex>': ['ab-c', r'x\(y\)\*'],
        f'<split delimiter="-">{two}</split>': ['ab', 'c', 'x(y)*', ''],
        f'<split delimiter="-">{literal("-a--b-")}</split>': ['', 'a', 'b'],
        f'<substring substring_start="2" substring_length="2">{two}</substring>': ['b-', '(y', 'ab'],
        f'<substring substring_start="0" substring_length="-1">{two}</substring>': ['ab-c', 'b-c'],
        f'<substring substring_start="3" substring_length="99">{two}</substring>': ['-c', 'y)*'],
        f'<regex_capture pattern="^(.)b">{two}</regex_capture>': ['a', ''],
        f'<regex_capture pattern="y(\\))(\\*)">{two}</regex_capture>': [')', '*', ''],
        f'<unique>{two}{two}</unique>': ['ab-c', 'x(y)*'],
        f'<unique>{literal("a")}{literal("b")}{literal("a")}</unique>': ['a', 'b'],
        f'<count>{two}{literal("z")}</count>': ['3', '2'],
        f'<arithmetic arithmetic_operation="add">{numbers}</arithmetic>': ['4', '5', '6', '7', '8'],
        f'<arithmetic arithmetic_operation="multiply">{numbers}</arithmetic>': ['3', '6', '10', '11'],
        f'<concat>{literal("n=")}<count>{two}</count></concat>': ['n=2', 'n=1'],
    }
    for body, values in made.items():
        variable = document.variable('local', body, 'int' if body.startswith(('<count', '<arith')) else 'string')
        thing = document.object('variable', entity('i', 'var_ref', variable))
        document.of_tests(document.test('variable', thing))
        for value in values:
            for check in CHECKS:
                state = document.state('variable', entity('i', 'value', value, entity_check=check))
                document.of_tests(document.test('variable', thing, [state]))


def by_sets(document):
    def of(*names):
        values = document.constant(*names)
        return document.object('dpkginfo', entity('l', 'name', var_ref=values, var_check='at least one'))
    both, bash, none = of('bash', 'tar'), of('bash'), of('nosuch-package')
    is_bash = document.state('dpkginfo', entity('l', 'name', 'bash'))
    things = []
    for operator in ('UNION', 'INTERSECTION', 'COMPLEMENT'):
        for one, other in [(both, bash), (bash, both), (both, none), (none, both), (none, none), (both, both)]:
            things.append(document.object('dpkginfo', f'<set set_operator="{operator}"><object_reference>{one}</object_reference>'
                                                      f'<object_reference>{other}</object_reference></set>'))
    for action in (None, 'include', 'exclude'):
        things.append(document.object('dpkginfo', f'<set><object_reference>{both}</object_reference>'
                                                  f'<filter{attributes(action=action)}>{is_bash}</filter></set>'))
    inner = f'<set><object_reference>{both}</object_reference></set><set><object_reference>{bash}</object_reference></set>'
    things.append(document.object('dpkginfo', f'<set set_operator="COMPLEMENT">{inner}</set>'))
    things.append(document.object('dpkginfo', f'<set><object_reference>{things[0]}</object_reference></set>'))
    for thing in things:
        for existence in EXISTENCES:
            document.of_tests(document.test('dpkginfo', thing, check_existence=existence))
            document.of_tests(document.test('dpkginfo', thing, [is_bash], check='none satisfy', check_existence=existence))


def text_object(document, pattern, path='/etc', filename='os-release', behaviors='', **instance):
    value = instance.pop('value', '1')
    return document.object('textfilecontent54', behaviors + entity('i', 'path', path) + entity('i', 'filename', filename) +
                           entity('i', 'pattern', pattern, operation='pattern match') +
                           entity('i', 'instance', value, datatype='int', **instance))


def by_files(document):
    things = [text_object(document, *given[0], **given[1]) for given in [
        ((r'^ID=(\w+)$',), {}), ((r'^(\w+)="(.*)"$',), {'operation': 'less than', 'value': '4'}), ((r'nothing like it',), {}),
        ((r'^VERSION_ID="(\d+)"',), {}), ((r'^id=(.*)$', '/etc', 'os-release', '<i:behaviors ignore_case="true"/>'), {}),
        ((r'^NAME=(.*)$',), {'filename': 'nosuch-file'}), ((r'.',), {'path': '/nosuch-folder'}),
        ((r'\A(.*)$', '/etc', 'os-release', '<i:behaviors multiline="false"/>'), {}), ((r'^([^:]*):', '/etc', 'passwd'), {'value': '3'}),
        ((r'^(root|nosuch):[^:]*:(\d+)', '/etc', 'passwd'), {'operation': 'greater than or equal', 'value': '1'})]]
    things.append(document.object('textfilecontent54', entity('i', 'filepath', '/etc/debian_version') +
                                  entity('i', 'pattern', r'^(\d+)\.\d+$', operation='pattern match') +
                                  entity('i', 'instance', '1', datatype='int')))
    states = [document.state('textfilecontent54', body) for body in [
        entity('i', 'subexpression', 'debian'), entity('i', 'subexpression', '11', datatype='int', operation='greater than'),
        entity('i', 'text', '^.*=', operation='pattern match'), entity('i', 'filename', 'os-release'),
        entity('i', 'subexpression', 'NAME', entity_check='at least one'), entity('i', 'instance', '1', datatype='int'),
        entity('i', 'subexpression', 'root', entity_check='none satisfy')]]
    for thing in things:
        for existence in EXISTENCES:
            document.of_tests(document.test('textfilecontent54', thing, check_existence=existence))
        for at, state in enumerate(states):
            if at != 1:  # no number everywhere: its own below
                document.of_tests(document.test('textfilecontent54', thing, [state], check='at least one'))
    document.of_tests(document.test('textfilecontent54', things[3], [states[1]]))
    document.of_tests(document.test('textfilecontent54', things[-1], [states[1]]))
    for name, value in [('type', 'regular'), ('type', 'symbolic link'), ('uread', 'true'), ('owrite', 'true'), ('user_id', '0'), ('size', '0')]:
        for file in ('passwd', 'os-release', 'nosuch-file'):
            thing = document.object('file', entity('u', 'path', '/etc') + entity('u', 'filename', file))
            datatype = 'boolean' if value == 'true' else 'int' if value == '0' else None
            state = document.state('file', entity('u', name, value, datatype=datatype))
            document.of_tests(document.test('file', thing, [state]))


def by_system(document):
    family = document.object('family', '')
    for value in ('unix', 'windows'):
        document.of_tests(document.test('family', family, [document.state('family', entity('i', 'family', value))]))
    uname = document.object('uname', '')
    for name, value in [('os_name', 'Linux'), ('os_name', 'linux'), ('machine_class', 'x86_64'), ('processor_type', 'aarch64')]:
        document.of_tests(document.test('uname', uname, [document.state('uname', entity('u', name, value))]))
    home = document.object('environmentvariable', entity('i', 'name', 'HOME'))
    document.of_tests(document.test('environmentvariable', home, [document.state('environmentvariable', entity('i', 'value', '/', operation='pattern match'))]))


def any_state(document, chance, known):
    name = chance.choice(list(known) + ['bash', 'tar'])
    kind = chance.randrange(4)
    if kind == 0:
        body = entity('l', 'evr', near(known[name], chance.randrange(6)), datatype='debian_evr_string', operation=chance.choice(ORDERS))
    elif kind == 1:
        body = entity('l', 'name', name[:chance.randrange(1, 4)], operation='pattern match')
    elif kind == 2:
        body = entity('l', 'epoch', str(chance.randrange(3)), datatype='int', operation=chance.choice(ORDERS))
    else:
        body = entity('l', 'version', '2', datatype='version', operation=chance.choice(ORDERS))
        body = body if chance.random() < .5 else entity('l', 'arch', chance.choice(['all', 'amd64']))
    return document.state('dpkginfo', body)


def any_criteria(chance, tests, made, depth):
    inner = ''
    for _ in range(chance.randrange(1, 4)):
        negate = attributes(negate='true' if chance.random() < .3 else None)
        what = chance.random()
        if what < .25 and depth < 3:
            inner += any_criteria(chance, tests, made, depth + 1)
        elif what < .4 and made:
            inner += f'<extend_definition definition_ref="{chance.choice(made)}"{negate}/>'
        else:
            test = tests[chance.randrange(2)] if chance.random() < .15 else chance.choice(tests)
            inner += f'<criterion test_ref="{test}"{negate}/>'
    return f'<criteria{attributes(operator=chance.choice(OPERATORS), negate="true" if chance.random() < .2 else None)}>{inner}</criteria>'


def by_chance(seed, count, out):
    chance, document, known = random.Random(seed), Document(), packages()
    names = list(known) + ['nosuch-one', 'nosuch-two']
    nothing = document.object('dpkginfo', entity('l', 'name', 'nosuch-package'))
    empty = document.variable('local', f'<object_component object_ref="{nothing}" item_field="name"/>')
    broken = document.test('dpkginfo', document.object('dpkginfo', entity('l', 'name', 'bash')), [
        document.state('dpkginfo', entity('l', 'name', var_ref=empty, var_check='all'))])
    tests, things, made = [document.test('unknown', None), broken], [], []
    for _ in range(count // 4):
        if chance.random() < .7 or len(things) < 2:
            values = chance.sample(names, chance.randrange(1, 5))
            things.append(document.object('dpkginfo', entity('l', 'name', values[0]) if len(values) == 1 else entity(
                'l', 'name', var_ref=document.constant(*values), var_check='at least one')))
        else:
            one, other = chance.sample(things, 2)
            operator = chance.choice(['UNION', 'INTERSECTION', 'COMPLEMENT'])
            things.append(document.object('dpkginfo', f'<set set_operator="{operator}"><object_reference>{one}</object_reference>'
                                                      f'<object_reference>{other}</object_reference></set>'))
    for _ in range(count):
        states = [any_state(document, chance, known) for _ in range(chance.randrange(3))]
        tests.append(document.test('dpkginfo', chance.choice(things), states, check=chance.choice(CHECKS),
                                   check_existence=chance.choice(EXISTENCES), state_operator=chance.choice(OPERATORS)))
    for _ in range(count):
        made.append(document.definition(any_criteria(chance, tests, made, 0)))
    document.write(out)


def own(out):
    document, known = Document(), packages()
    state = document.state('dpkginfo', entity('l', 'name', '^(bash|tar)$', operation='pattern match'))
    thing = document.object('dpkginfo', entity('l', 'name', '^(bash|tar)$', operation='pattern match'))
    document.of_tests(document.test('dpkginfo', thing, [state]), title='true')
    document.of_tests(document.test('dpkginfo', thing, check_existence='only_one_exists'), title='false')
    thing = document.object('dpkginfo', entity('l', 'name', 'bash', operation='not equal'))
    document.of_tests(document.test('dpkginfo', thing, [state], check='at least one'), title='true' if 'tar' in known else 'false')
    bash = document.state('dpkginfo', entity('l', 'name', 'bash'))
    document.of_tests(document.test('dpkginfo', thing, [bash], check='none satisfy'), title='true')
    document.of_tests(document.test('dpkginfo', thing, [bash], check='at least one'), title='false')
    thing = document.object('dpkginfo', entity('l', 'name', '(', operation='pattern match'))
    document.of_tests(document.test('dpkginfo', thing), title='error')
    values = document.constant('bash', 'tar')
    thing = document.object('dpkginfo', entity('l', 'name', var_ref=values, var_check='all'))
    document.of_tests(document.test('dpkginfo', thing), title='false')
    thing = document.object('dpkginfo', entity('l', 'name', 'BASH', operation='case insensitive equals'))
    document.of_tests(document.test('dpkginfo', thing, [bash]), title='true')
    document.of_tests(document.test('rpminfo', document.object('rpminfo', entity('l', 'name', 'bash'))), title='not applicable')
    document.of_tests(document.test('registry', document.object('registry', entity('w', 'hive', 'HKEY_LOCAL_MACHINE'))),
                      title='not applicable')
    document.of_tests(document.test('partition', document.object('partition', entity('l', 'mount_point', '/'))), title='unknown')
    document.of_tests(document.test('dpkginfo', 'oval:x:obj:999'), title='error')
    document.of_tests('oval:x:tst:999', title='error')
    document.definition('<criteria><extend_definition definition_ref="oval:x:def:999"/></criteria>', title='error')
    document.write(out)


def many(count, out):
    chance, document, known = random.Random(1), Document(), packages()
    names, things = list(known), {}
    release = text_object(document, r'(\d+)\.\d', filename='debian_version')
    twelve = document.state('textfilecontent54', entity('i', 'subexpression', open('/etc/debian_version', encoding='utf-8').read().split('.')[0]))
    installed = document.test('textfilecontent54', release, [twelve], check_existence='at_least_one_exists')
    anywhere = document.test('uname', document.object('uname', ''), check_existence='at_least_one_exists')
    for _ in range(count):
        name = chance.choice(names) if chance.random() < .1 else f'nosuch-{chance.randrange(3000)}'
        if name not in things:
            things[name] = document.object('dpkginfo', entity('l', 'name', name))
        version = known.get(name, '0:1.0-1')
        state = document.state('dpkginfo', entity('l', 'evr', version if chance.random() < .5 else version + '+b1',
                                                  datatype='debian_evr_string', operation='less than'))
        earlier = document.test('dpkginfo', things[name], [state], check_existence='at_least_one_exists')
        document.definition(f'<criteria comment="Release section" operator="AND"><criterion test_ref="{installed}" comment="installed"/>'
                            '<criteria comment="Architecture section" operator="OR"><criteria comment="Architecture independent section" '
                            f'operator="AND"><criterion test_ref="{anywhere}" comment="all architecture"/>'
                            f'<criterion test_ref="{earlier}" comment="{name} DPKG is earlier than {escaped(version)}"/>'
                            '</criteria></criteria></criteria>', product=name)
    document.write(out)


def chain(document, count):
    for at in range(1, count + 1):
        following = at % count + 1
        document.definition(f'<criteria><extend_definition definition_ref="oval:x:def:{following}"/></criteria>')


def hostile(name, out):
    document = Document()
    if name == 'laughs':
        lines = ''.join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 30))
        out.write(f'<?xml version="1.0"?><!DOCTYPE oval_definitions [<!ENTITY l0 "ha">{lines}]>'
                  f'<oval_definitions xmlns="{LANGUAGE}"><definitions>&l29;</definitions></oval_definitions>')
        return
    if name == 'deep':
        out.write(HEAD + '<definitions><definition id="oval:x:def:1" version="1" class="patch">' + '<criteria>' * 100000)
        return
    if name == 'twice':
        document.definition('')
        document.parts['definition'] *= 2
    elif name == 'cut':
        out.write(HEAD + '<definitions>')
        return
    elif name == 'word':
        document.definition('<criteria operator="NAND"/>')
    elif name == 'cycle':
        chain(document, 3)
    elif name == 'long':
        chain(document, 100000)
    elif name == 'sets':
        for at in range(1, 41):
            document.object('dpkginfo', f'<set><object_reference>oval:x:obj:{at % 40 + 1}</object_reference>'
                                        f'<object_reference>oval:x:obj:{at % 40 + 1}</object_reference></set>')
        document.of_tests(document.test('dpkginfo', 'oval:x:obj:1'))
    elif name == 'itself':
        document.variable('local', '<concat><variable_component var_ref="oval:x:var:1"/><literal_component>a</literal_component></concat>')
        thing = document.object('dpkginfo', entity('l', 'name', var_ref='oval:x:var:1', var_check='all'))
        document.of_tests(document.test('dpkginfo', thing))
        document.variable('local', '<object_component object_ref="oval:x:obj:2" item_field="name"/>')
        document.object('dpkginfo', entity('l', 'name', var_ref='oval:x:var:2', var_check='all'))
        document.of_tests(document.test('dpkginfo', 'oval:x:obj:2'))
    elif name == 'doubling':
        document.constant('a' * 1000)
        for at in range(1, 60):
            both = f'<variable_component var_ref="oval:x:var:{at}"/>' * 2
            document.variable('local', f'<concat>{both}</concat>')
        document.of_tests(document.test('variable', document.object('variable', entity('i', 'var_ref', 'oval:x:var:60'))))
        document.constant(*[str(at) for at in range(100)])
        everyone = '<variable_component var_ref="oval:x:var:61"/>' * 40
        document.variable('local', f'<concat>{everyone}</concat>')
        document.of_tests(document.test('variable', document.object('variable', entity('i', 'var_ref', 'oval:x:var:62'))))
    elif name == 'bomb':
        document.constant('a' * 3000 + 'b')
        for at in range(300):
            document.variable('local', f'<regex_capture pattern="^(a|aa)+{"a?" * at}$"><variable_component var_ref="oval:x:var:1"/></regex_capture>')
            document.of_tests(document.test('variable', document.object('variable', entity('i', 'var_ref', f'oval:x:var:{at + 2}'))))
    document.write(out)


if __name__ == '__main__':
    what = sys.argv[1]
    if what == 'random':
        by_chance(int(sys.argv[2]), int(sys.argv[3]), sys.stdout)
    elif what == 'many':
        many(int(sys.argv[2]), sys.stdout)
    elif what == 'hostile':
        hostile(sys.argv[2], sys.stdout)
    else:
        {'real': real, 'own': own}[what](sys.stdout)
