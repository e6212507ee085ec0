/* pages: the desk's templates to HTML, in the embedded engine. They are parsed once, when they are loaded. */
'use strict';

var parsed = {};
var writer = new Mustache.Writer();

/* A partial is one of the parsed templates: nothing is parsed for a page. */
writer.renderPartial = function (token, context, partials) {
    var tokens = partials[token[1]];
    if (tokens === undefined)
        throw new Error('no template "' + token[1] + '"');
    return this.renderTokens(tokens, context, partials);
};

/* What is not HTML's and would turn or hide what is shown is written out: U+202E and its like, controls. */
var special = /[&<>"'\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
var entities = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

function written(character) {
    var code = character.charCodeAt(0).toString(16).toUpperCase();
    return entities[character] || '[U+' + ('000' + code).slice(-4) + ']';
}

Mustache.escape = function (value) {
    return String(value).replace(special, written);
};

function load(given) {
    var partials = parsed[given.language] = {}, name;
    for (name in given.templates)
        partials[name] = writer.parse(given.templates[name]);
    writer.clearCache();
    return '';
}

function show(given) {
    var partials = parsed[given.language];
    if (partials[given.name] === undefined)
        throw new Error('no template "' + given.name + '"');
    partials.content = partials[given.name];
    return writer.renderTokens(partials.frame, new Mustache.Context(given.view), partials);
}
