/* render: a template and its view to HTML, in the embedded engine. */
'use strict';

function render(given) {
    return Mustache.render(given.template, given.view, given.partials);
}
