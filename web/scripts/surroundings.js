/* surroundings: what ECharts asks of a browser and does not need in the embedded engine. */
'use strict';

var console = {log: function () {}, warn: function () {}, error: function () {}};
var setTimeout = function () { return 0; }, clearTimeout = function () {};
