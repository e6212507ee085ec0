/* Comfort for the staff, who work at the desk all day: every page does all it does without this.
 * j and k go down and up the queue; the first field of a form to type in has the cursor. */
(function () {
  'use strict';

  function typing(element) {
    return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  }

  function step(list, by) {
    const links = Array.from(list.querySelectorAll('li > a'));
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
    if (next)
      next.focus();
  }

  document.addEventListener('keydown', function (event) {
    const list = document.querySelector('[data-keys=jk]');
    if (!list || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target))
      return;
    if (event.key === 'j' || event.key === 'k') {
      step(list, event.key === 'j' ? 1 : -1);
      event.preventDefault();
    }
  });

  const form = document.querySelector('[data-first]');
  if (form && !document.querySelector('.problems')) {
    const first = form.querySelector('input:not([type=hidden]), select, textarea');
    if (first)
      first.focus();
  }
})();
