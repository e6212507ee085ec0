/* chart: turns a figure as the bulletin made it (kind, categories, series) into an ECharts option: the look of every
 * figure, in one place. Runs in the embedded engine (static SVG) and in the browser (the same figure alive), so it is
 * ECMAScript 5 and knows neither.
 *
 * look: {width, narrow, dark, animate} */
var chart = (function () {
    'use strict';

    /* Told apart by lightness as well as by hue, so that they hold for colour-blind readers and in black and white. Pairs:
     * on paper, in the dark. The page's style sheet turns the first into the second in static figures. */
    var colours = [
        ['#1d5a86', '#6fb5e6'], ['#e08a2e', '#f2ae6b'], ['#3aa394', '#63cdbd'],
        ['#9c3d66', '#e48fb4'], ['#8fbfe0', '#336f9c'], ['#8a7a2c', '#d3c26e']
    ];
    var rest = ['#b3bac2', '#6d7781'];
    var ink = ['#3b4650', '#c8d0d8'], line = ['#d7dde3', '#39434d'], paper = ['#ffffff', '#161b21'];
    var fonts = 'Hiragino Sans, Yu Gothic UI, Noto Sans CJK JP, Noto Sans JP, IPAexGothic, system-ui, sans-serif';

    function group(value) {
        return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
    }

    /* About how wide a text is, in units of its size: wide characters 1, others a little over half. */
    function textWidth(text) {
        var width = 0;
        for (var i = 0; i < text.length; i++)
            width += text.charCodeAt(i) > 0x2e80 ? 1 : 0.64;
        return width;
    }

    function shade(pair, look) {
        return pair[look.dark ? 1 : 0];
    }

    function legendRows(names, width, size) {
        var rows = 1, used = 0;
        for (var i = 0; i < names.length; i++) {
            var wide = textWidth(names[i]) * size + 34;
            if (used > 0 && used + wide > width) {
                rows++;
                used = 0;
            }
            used += wide;
        }
        return rows;
    }

    function shorten(text, most) {
        var kept = '', width = 0;
        for (var i = 0; i < text.length; i++) {
            width += textWidth(text.charAt(i));
            if (width > most)
                return kept + '…';
            kept += text.charAt(i);
        }
        return text;
    }

    function markLabels(spec) {
        var labels = {};
        for (var i = 0; i < spec.marks.length; i++)
            labels[spec.marks[i][0]] = spec.marks[i][1];
        return labels;
    }

    function categoryAxis(spec, look, size) {
        var axis = {
            type: 'category', data: spec.categories,
            axisTick: {show: false},
            axisLine: {lineStyle: {color: shade(line, look)}},
            axisLabel: {color: shade(ink, look), fontSize: size, interval: 0, margin: 10}
        };
        if (spec.marks) {
            var labels = markLabels(spec);
            axis.axisTick = {show: true, interval: function (index) { return index in labels; },
                             lineStyle: {color: shade(line, look)}};
            axis.axisLabel.interval = function (index) { return index in labels; };
            axis.axisLabel.formatter = function (value, index) { return labels[index]; };
            axis.axisLabel.align = 'left';
        }
        return axis;
    }

    function valueAxis(spec, look, size) {
        return {
            type: 'value', minInterval: 1, splitNumber: 4,
            splitLine: {lineStyle: {color: shade(line, look)}},
            axisLabel: {color: shade(ink, look), fontSize: size, formatter: group}
        };
    }

    function bar(series, spec, look, size) {
        series.type = 'bar';
        series.itemStyle.borderColor = shade(paper, look);
        if (spec.kind === 'stacked-months' || spec.kind === 'stacked-days') {
            series.stack = 'all';
            series.itemStyle.borderWidth = spec.categories.length > 60 ? 0 : spec.kind === 'stacked-days' ? 0.5 : 1;
            series.barCategoryGap = spec.categories.length > 60 ? '0%' : spec.kind === 'stacked-days' ? '18%' : '42%';
        } else {
            series.barCategoryGap = spec.kind === 'ports' ? '34%' : look.narrow ? '20%' : '46%';
            series.barGap = '8%';
            series.itemStyle.borderRadius = spec.kind === 'ports' ? [0, 2, 2, 0] : [2, 2, 0, 0];
            series.label = {
                show: true, position: spec.kind === 'ports' ? 'right' : 'top', color: shade(ink, look),
                fontSize: size - 1, formatter: function (at) { return group(at.value); }
            };
        }
        return series;
    }

    function oneSeries(spec, index, look, size) {
        var given = spec.series[index];
        var colour = shade(given.rest ? rest : colours[index % colours.length], look);
        if (spec.kind === 'ports')
            colour = shade(index === 0 ? rest : colours[0], look);
        var series = {name: given.name, data: given.data, itemStyle: {color: colour}, emphasis: {focus: 'series'}};
        return bar(series, spec, look, size);
    }

    /* The sum over each stack: an invisible series on top that bears the label. */
    function totals(spec, look, size) {
        var sums = [];
        for (var i = 0; i < spec.categories.length; i++) {
            sums[i] = 0;
            for (var s = 0; s < spec.series.length; s++)
                sums[i] += spec.series[s].data[i];
        }
        return {
            name: '', type: 'bar', stack: 'all', silent: true, data: sums.map(function () { return 0; }),
            itemStyle: {color: 'transparent'},
            label: {show: true, position: 'top', color: shade(ink, look), fontSize: size,
                    formatter: function (at) { return group(sums[at.dataIndex]); }}
        };
    }

    function height(spec, narrow) {
        if (spec.kind === 'ports')
            return spec.categories.length * 40 + 90;
        return narrow ? 320 : 360;
    }

    function option(spec, look) {
        var size = look.narrow ? 11.5 : 12.5;
        var names = spec.series.map(function (series) { return shorten(series.name, look.width / size - 4); });
        var shown = spec.series.length > 1;
        var rows = shown ? legendRows(names, look.width - 8, size) : 0;
        var series = spec.series.map(function (ignored, index) { return oneSeries(spec, index, look, size); });
        var sideways = spec.kind === 'ports';
        if (spec.kind === 'stacked-months' && series.length > 0)
            series.push(totals(spec, look, size));
        var category = categoryAxis(spec, look, size), value = valueAxis(spec, look, size);
        if (sideways) {
            category.inverse = true;
            value.splitNumber = look.narrow ? 2 : 4;
        }
        return {
            animation: !!look.animate,
            animationDuration: 500,
            textStyle: {fontFamily: fonts},
            color: colours.map(function (pair) { return shade(pair, look); }),
            legend: {
                show: shown, type: 'plain', left: 0, top: 0, itemWidth: 14, itemHeight: 10, itemGap: 14, icon: 'roundRect',
                data: spec.series.map(function (s) { return s.name; }),
                formatter: function (name) { return shorten(name, look.width / size - 4); },
                textStyle: {color: shade(ink, look), fontSize: size}, inactiveColor: shade(line, look)
            },
            grid: {left: 4, right: sideways ? 58 : 10, top: rows * 24 + 26, bottom: 6,
                   outerBoundsMode: 'same', outerBoundsContain: 'axisLabel'},
            xAxis: sideways ? value : category,
            yAxis: sideways ? category : value,
            series: series
        };
    }

    /* Every colour on paper with its colour in the dark, those of figure 1-1 (src/bulletin/causes_draw.c) among them. */
    function pairs() {
        return colours.concat([rest, ink, line, paper,
            ['#e4eef6', '#1d3447'], ['#173f5c', '#cfe5f6'], ['#f7e6ed', '#42212f'], ['#6d2345', '#f6d3e1'], ['#8a949e', '#7f8b96']]);
    }

    return {option: option, height: height, group: group, pairs: pairs, fonts: fonts};
})();
