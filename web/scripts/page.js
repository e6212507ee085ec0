/* page: in the reader's browser, makes the static figures alive: hovering or touching tells the numbers, a press on the
 * legend hides a series. Where anything is missing the static drawing stays. Uses no HTML strings and no style
 * attributes, which the page's content security policy refuses. */
(function () {
    'use strict';

    var dark = window.matchMedia('(prefers-color-scheme: dark)');
    var still = window.matchMedia('(prefers-reduced-motion: reduce)');
    var specs = JSON.parse(document.getElementById('figures').textContent);

    function element(name, className, text) {
        var made = document.createElement(name);
        made.className = className;
        if (text !== undefined)
            made.textContent = text;
        return made;
    }

    /* The box that follows the pointer: the category, then each series with its number. */
    function tip(spec, points) {
        var box = element('div', 'tip'), list = element('dl', '');
        box.appendChild(element('p', '', points[0].name));
        points.forEach(function (point) {
            if (point.seriesName === '' || (spec.series.length > 2 && point.value === 0))
                return;
            var name = element('dt', '', point.seriesName), mark = element('i', '');
            mark.style.backgroundColor = point.color;
            name.insertBefore(mark, name.firstChild);
            list.appendChild(name);
            list.appendChild(element('dd', '', chart.group(point.value) + spec.unit));
        });
        box.appendChild(list);
        return box;
    }

    function optionFor(spec, width) {
        var option = chart.option(spec, {width: width, narrow: width < 560, dark: dark.matches, animate: !still.matches});
        option.tooltip = {
            trigger: 'axis', confine: true, className: 'tip-frame', padding: 0, borderWidth: 0, backgroundColor: 'transparent',
            extraCssText: 'box-shadow: none', transitionDuration: still.matches ? 0 : 0.2,
            axisPointer: {type: 'shadow'},
            formatter: function (points) { return tip(spec, points); }
        };
        return option;
    }

    function liven(spec) {
        var figure = document.getElementById(spec.id), box = element('div', 'live'), drawn = null, width = 0;
        figure.insertBefore(box, figure.firstChild);

        function draw() {
            var now = Math.round(figure.clientWidth);
            if (now === 0)
                return;
            var height = chart.height(spec.option, now < 560);
            box.style.height = height + 'px';
            if (drawn === null)
                drawn = echarts.init(box, null, {renderer: 'svg', width: now, height: height});
            else
                drawn.resize({width: now, height: height});
            drawn.setOption(optionFor(spec.option, now), true);
            width = now;
        }

        figure.classList.add('alive');
        try {
            draw();
        } catch (fault) {
            figure.classList.remove('alive');
            box.remove();
            return;
        }
        box.setAttribute('role', 'img');
        box.setAttribute('aria-label', spec.title + ' ' + spec.description);
        window.addEventListener('resize', function () {
            if (Math.round(figure.clientWidth) !== width)
                draw();
        });
        dark.addEventListener('change', draw);
    }

    /* Each figure comes alive as it nears the window: a page opens at once however many it has. */
    var seen = new IntersectionObserver(function (entries) {
        entries.forEach(function (entry) {
            if (!entry.isIntersecting)
                return;
            seen.unobserve(entry.target);
            liven(specs.filter(function (spec) { return spec.id === entry.target.id; })[0]);
        });
    }, {rootMargin: '400px'});
    specs.forEach(function (spec) { seen.observe(document.getElementById(spec.id)); });
})();
