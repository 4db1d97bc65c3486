/* What every page has: theme, copy, search as you type, tabs, quick switcher.
   Each page works without this file; it only makes things quicker. Events are caught at the
   document, so that pieces swapped in later behave like the rest. */
(function () {
  'use strict';
  var $ = function (s, r) { return (r || document).querySelector(s); };
  var $$ = function (s, r) { return Array.prototype.slice.call((r || document).querySelectorAll(s)); };
  var on = function (type, selector, act) {
    document.addEventListener(type, function (ev) {
      var el = ev.target.closest && ev.target.closest(selector);
      if (el) act(el, ev);
    });
  };
  var quiet;
  /* quietly: what stands on the page before them anyway is only read to those who listen */
  function say(text, quietly) {
    $('#say').classList.toggle('visually-hidden', !!quietly);
    $('#say').textContent = text;
    clearTimeout(quiet);
    quiet = setTimeout(function () { $('#say').textContent = ''; }, 2600);
  }
  /* a time that goes on from the seconds that the server told, whatever the clock here is set to */
  function clock(el) {
    var began;
    function set(seconds) { began = performance.now() - 1000 * seconds; }
    set(el.dataset.seconds);
    setInterval(function () {
      if (!el.isConnected) return;
      var s = Math.floor((performance.now() - began) / 1000), h = Math.floor(s / 3600), m = Math.floor(s % 3600 / 60);
      el.textContent = (h ? h + ':' + String(m).padStart(2, '0') : m) + ':' + String(s % 60).padStart(2, '0');
    }, 1000);
    return set;
  }
  window.webify = { $: $, $$: $$, on: on, say: say, clock: clock };

  /* a page that was sent while it was made: its last main is what is so now */
  $$('main').forEach(function (main, n, all) {
    if (n < all.length - 1) main.remove();
    else document.title = main.dataset.title || document.title;
  });

  /* theme */
  on('click', '[data-theme-toggle]', function () {
    var next = document.documentElement.getAttribute('data-bs-theme') === 'dark' ? 'light' : 'dark';
    try { localStorage.setItem('webify-theme', next); } catch (e) { /* storage blocked */ }
    document.dispatchEvent(new CustomEvent('webify:theme', { detail: next }));
    say(next === 'dark' ? 'Dark colours on' : 'Light colours on');
  });

  /* copy: the text of an element, or the address of the page */
  on('click', '[data-copy]', function (b) {
    var source = b.dataset.copy === 'address' ? null : $(b.dataset.copy);
    copy(source ? source.textContent.replace(/\n$/, '') : location.href, b);
  });
  function copy(text, b) {
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(function () { say('Copied'); }, function () { say('The browser did not allow copying'); });
      return;
    }
    var box = document.createElement('textarea');
    box.value = text;
    document.body.appendChild(box);
    box.select();
    say(document.execCommand('copy') ? 'Copied' : 'The browser did not allow copying');
    box.remove();
    b.focus();
  }
  window.webify.copy = copy;

  /* print: every row that matches, not only this page of them */
  on('click', '[data-print]', function (b) {
    var now = $(b.dataset.print), url = new URL(now.dataset.all, location.href);
    url.searchParams.set('all', '1');
    fetch(url, { headers: { 'HX-Request': 'true', 'HX-Current-URL': location.href } }).then(function (r) { return r.ok ? r.text() : ''; }).then(function (html) {
      var all = document.createElement('template');
      all.innerHTML = html;
      var rows = $('.rows', all.content);
      if (rows) { now.replaceWith(rows); addEventListener('afterprint', function () { rows.replaceWith(now); }, { once: true }); }
      window.print();
    }, function () { window.print(); });
  });
  on('click', '[data-wrap]', function (b) {
    var wrap = b.getAttribute('aria-pressed') !== 'true';
    b.setAttribute('aria-pressed', wrap);
    $(b.dataset.wrap).classList.toggle('nowrap', !wrap);
  });

  /* home: the list narrows while you type */
  on('input', '[data-catalogue]', function (box) {
    var words = box.value.trim().toLowerCase().split(/\s+/), found = 0;
    $$('.toolrow').forEach(function (row) {
      var text = row.textContent.toLowerCase() + ' ' + row.dataset.words;
      row.hidden = !words.every(function (word) { return text.indexOf(word) > -1; });
      if (!row.hidden) found++;
    });
    $$('[data-folder]').forEach(function (shelf) { shelf.hidden = !$('.toolrow:not([hidden])', shelf); });
    var none = $('#nomatch');
    none.hidden = found > 0;
    $('b', none).textContent = box.value.trim();
    $('#found').textContent = box.value.trim() ? found + (found === 1 ? ' tool' : ' tools') : '';
  });

  document.addEventListener('htmx:finally:request', function () {
    var box = $('[data-catalogue]'); if (box && box.value) box.dispatchEvent(new Event('input', { bubbles: true }));
  });

  /* tabs that are links first */
  function show(tab, focus) {
    $$('[role=tab]', tab.parentNode).forEach(function (each) {
      var open = each === tab, panel = document.getElementById(each.getAttribute('aria-controls'));
      each.classList.toggle('active', open);
      each.setAttribute('aria-selected', open);
      each.tabIndex = open ? 0 : -1;
      if (panel) panel.hidden = !open;
      if (panel && open && panel.dataset.later) { window.htmx.ajax('GET', panel.dataset.later, { target: panel, swap: 'innerHTML' }); delete panel.dataset.later; }
    });
    if (focus) tab.focus();
    var address = new URL(location.href), name = new URL(tab.href).searchParams.get('tab');
    if (name) address.searchParams.set('tab', name); else address.searchParams.delete('tab');
    history.replaceState(history.state, '', address);
    tab.dispatchEvent(new CustomEvent('webify:shown', { bubbles: true }));
  }
  on('click', '[data-tabs] [role=tab]', function (tab, ev) {
    if (ev.ctrlKey || ev.metaKey || ev.shiftKey) return;
    ev.preventDefault();
    show(tab);
  });
  on('keydown', '[data-tabs] [role=tab]', function (tab, ev) {
    var all = $$('[role=tab]', tab.parentNode), i = all.indexOf(tab);
    var to = { ArrowRight: i + 1, ArrowLeft: i - 1 + all.length, Home: 0, End: all.length - 1 }[ev.key];
    if (to === undefined) return;
    ev.preventDefault();
    show(all[to % all.length], true);
  });

  /* tables: a link that clears the search clears its box too; say what cannot be fetched */
  on('click', '[data-clears]', function (link) { var box = $(link.dataset.clears); if (box) { box.value = ''; box.focus(); } });
  document.addEventListener('htmx:before:request', function (ev) { var t = ev.detail.ctx.target; if (t && t.classList) t.classList.add('dimmed'); });
  document.addEventListener('htmx:finally:request', function (ev) { var t = ev.detail.ctx.target; if (t && t.classList) t.classList.remove('dimmed'); });
  document.addEventListener('htmx:error', function () { say('The server cannot be reached'); });
  document.addEventListener('htmx:response:error', function () { say('The server could not answer that'); });

  /* quick switcher */
  var palette = $('dialog.palette[data-go]'), input = $('input', palette), list = $('ul', palette);
  var asked = 0, pause, cache = {};
  var options = function () { return $$('[role=option]:not([aria-disabled])', list); };
  function mark(option) {
    options().forEach(function (each) { each.setAttribute('aria-selected', each === option); });
    if (!option) { input.removeAttribute('aria-activedescendant'); return; }
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  }
  function fill(html) { list.innerHTML = html; mark(options()[0]); }
  function look() {
    var words = input.value.trim(), mine = ++asked;
    if (cache[words]) { fill(cache[words]); return; }
    fetch(palette.dataset.go + '?part=go&q=' + encodeURIComponent(words)).then(function (r) { return r.ok ? r.text() : ''; })
      .then(function (html) { if (html) cache[words] = html; if (mine === asked && html) fill(html); }, function () {});
  }
  function openPalette() {
    if (palette.open) return;
    input.value = '';
    cache = {};
    palette.showModal();
    look();
  }
  function follow(option) { if (option && option.dataset.href) location.href = option.dataset.href; }
  on('click', '[data-palette]', openPalette);
  input.addEventListener('input', function () { clearTimeout(pause); pause = setTimeout(look, 80); });
  input.addEventListener('keydown', function (ev) {
    var all = options(), i = all.indexOf($('[aria-selected=true]', list));
    if (ev.key === 'ArrowDown') { ev.preventDefault(); mark(all[Math.min(i + 1, all.length - 1)]); }
    if (ev.key === 'ArrowUp') { ev.preventDefault(); mark(all[Math.max(i - 1, 0)]); }
    if (ev.key === 'Enter') { ev.preventDefault(); follow(all[i]); }
  });
  list.addEventListener('click', function (ev) { follow(ev.target.closest('li')); });

  /* dialogs close by their button and by a press beside them */
  on('click', 'dialog', function (dialog, ev) { if (ev.target === dialog) dialog.close(); });
  on('click', '[data-close]', function (b) { b.closest('dialog').close(); });

  /* keys */
  document.addEventListener('keydown', function (ev) {
    if ((ev.ctrlKey || ev.metaKey) && !ev.altKey && ev.key.toLowerCase() === 'k') { ev.preventDefault(); openPalette(); return; }
    if (ev.key !== '/' || ev.ctrlKey || ev.metaKey || ev.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
    var box = $$('[data-slash]').filter(function (each) { return each.offsetParent; })[0];
    if (box) { ev.preventDefault(); box.focus(); box.select(); }
  });

  /* a button that posts says so after 300 ms and cannot be pressed twice */
  document.addEventListener('submit', function (ev) {
    var form = ev.target;
    if (ev.defaultPrevented || form.method !== 'post') return;
    if (form.dataset.sent) { ev.preventDefault(); return; }
    form.dataset.sent = '1';
    setTimeout(function () { $$('button', form).forEach(function (b) { b.setAttribute('aria-disabled', 'true'); }); if (ev.submitter) ev.submitter.classList.add('busy'); }, 300);
  });
  /* reading mode: what was off can be pressed again once it is over, and no answer is lost */
  var reading = $('[data-health]');
  var watch = reading && setInterval(function () {
    if (!document.hidden) fetch(reading.dataset.health).then(function (r) {
      if (!r.ok) return;
      clearInterval(watch);
      $$('[aria-describedby=reading-mode]').forEach(function (b) { b.disabled = false; b.removeAttribute('aria-describedby'); b.removeAttribute('title'); });
      $$('[data-closed]').concat(reading).forEach(function (el) { el.remove(); });
      say('Reading mode is over');
    }, function () {});
  }, 3000);

  addEventListener('pageshow', function () {
    $$('form[data-sent]').forEach(function (form) { delete form.dataset.sent; $$('button', form).forEach(function (b) { b.removeAttribute('aria-disabled'); b.classList.remove('busy'); }); });
  });
})();
