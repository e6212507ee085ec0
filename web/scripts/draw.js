/* draw: a figure to a static SVG, in the embedded engine. What ECharts writes has no name for who cannot see it, style
 * attributes that a strict content security policy refuses, and ids that clash where two figures share a page. */
'use strict';

function escapeXml(text) {
    return String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/* style="a:b;c:d" to a="b" c="d" */
function styleToAttributes(svg) {
    return svg.replace(/ style="([^"]*)"/g, function (whole, style) {
        return style.split(';').map(function (rule) {
            var colon = rule.indexOf(':');
            return colon < 0 ? '' : ' ' + rule.slice(0, colon).trim() + '="' + rule.slice(colon + 1).trim() + '"';
        }).join('');
    });
}

function named(svg, given) {
    return svg.replace(/^<svg ([^>]*)>/, function (whole, attributes) {
        return '<svg ' + attributes + ' font-family="' + chart.fonts + '" role="img" aria-labelledby="' + given.id + '-title ' + given.id + '-desc">' +
            '<title id="' + given.id + '-title">' + escapeXml(given.title) + '</title>' +
            '<desc id="' + given.id + '-desc">' + escapeXml(given.description) + '</desc>';
    });
}

/* given: {id, title, description, option, narrow} */
function draw(given) {
    var width = given.narrow ? 340 : 720, height = chart.height(given.option, given.narrow);
    var drawn = echarts.init(null, null, {renderer: 'svg', ssr: true, width: width, height: height});
    drawn.setOption(chart.option(given.option, {width: width, narrow: given.narrow}));
    var svg = drawn.renderToSVGString();
    drawn.dispose();
    svg = svg.replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
        .replace(/ class="[^"]*"/g, '')
        .replace(/ pointer-events="[^"]*"/g, '')
        .replace(/ xmlns:xlink="[^"]*"/, '')
        .replace(/font-family:[^;"]*;?/g, '')
        .replace(/ ecmeta_[a-z_]*="[^"]*"/g, '')
        .replace(/zr\d+-/g, given.id + '-');
    return named(styleToAttributes(svg), given) + '\n';
}

/* The style rules that turn a static figure for the dark: an attribute's colour yields to any rule. */
function darken() {
    var rules = chart.pairs().map(function (pair) {
        return 'svg [fill="' + pair[0] + '"]{fill:' + pair[1] + '}svg [stroke="' + pair[0] + '"]{stroke:' + pair[1] + '}';
    });
    return '@media screen and (prefers-color-scheme:dark){' + rules.join('') + '}';
}
