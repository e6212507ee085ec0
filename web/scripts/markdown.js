/* markdown: the editor's words to HTML, in the embedded engine. The editor is trusted to write, not to run anything on
 * the reader's machine: HTML is shown as text, links lead to the web, mail or the page itself, images are not loaded. */
'use strict';

var markdown = (function () {
    var parser = markdownit({html: false, linkify: false, typographer: false});

    parser.validateLink = function (address) {
        return /^(https?:\/\/|mailto:|#)/i.test(address.trim());
    };

    parser.renderer.rules.image = function (tokens, index) {
        return parser.utils.escapeHtml(tokens[index].content);
    };

    /* Headings go on from the page's own, one level at a time, whichever levels the editor used. */
    parser.core.ruler.push('place_headings', function (state) {
        var headings = state.tokens.filter(function (token) { return /^heading_/.test(token.type); });
        var used = [1, 2, 3, 4, 5, 6].filter(function (level) {
            return headings.some(function (token) { return token.tag === 'h' + level; });
        });
        headings.forEach(function (token) {
            token.tag = 'h' + Math.min(6, state.env.top + used.indexOf(Number(token.tag.slice(1))));
        });
    });

    /* A table's alignment as a class: the page's policy refuses style attributes. */
    parser.core.ruler.push('align_by_class', function (state) {
        state.tokens.forEach(function (token) {
            var style = token.attrGet('style');
            if (style === null)
                return;
            token.attrs = [['class', style.replace('text-align:', 'to-')]];
        });
    });

    /* Scripts written without spaces between words: by their blocks (Unicode 15.1, chapter 24), halves of pairs of
     * surrogates taken for ideographs. */
    function isCjk(code) {
        return (code >= 0x1100 && code <= 0x11ff) || (code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7ff) ||
            (code >= 0xd840 && code <= 0xd8bf) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe30 && code <= 0xfe4f) ||
            (code >= 0xff01 && code <= 0xffee) || (code >= 0x20000 && code <= 0x3ffff);
    }

    /* CommonMark's rule for where ** may open and close looks at spaces and punctuation. In Japanese a word that ends in
     * punctuation is followed by the next without a space: **重要。**次. So beside a CJK character a run of * may do both
     * wherever no space forbids it. */
    var State = parser.inline.State, standard = State.prototype.scanDelims;
    State.prototype.scanDelims = function (start, splits) {
        var found = standard.call(this, start, splits);
        var before = start > 0 ? this.src.charCodeAt(start - 1) : 0x20;
        var after = start + found.length < this.posMax ? this.src.charCodeAt(start + found.length) : 0x20;
        if (!splits || !(isCjk(before) || isCjk(after)))
            return found;
        found.can_open = !parser.utils.isWhiteSpace(after);
        found.can_close = !parser.utils.isWhiteSpace(before);
        return found;
    };

    /* given: {text, top}: `top` is the level of the highest heading. */
    return function (given) {
        return parser.render(given.text, {top: given.top});
    };
})();
