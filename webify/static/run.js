/* A run while it goes on: follows the server's events and keeps the page up to date.
   The events are those of /runs/ID/events; see live.py. */
(function () {
  'use strict';
  var W = window.webify, $ = W.$, $$ = W.$$, main = $('#main');
  if (!main.dataset.events || !window.EventSource) return;
  var here = main.dataset.run, last = $('[data-last]', main).dataset.last, source = null, over = false;
  var KEPT = 2000, PAUSE = 500, elapsed = W.clock($('#elapsed')), opened = false;

  /* lines, one span each; a long page forgets its oldest lines */
  function append(pre, html, partial, skipped) {
    var end = pre.scrollHeight - pre.scrollTop - pre.clientHeight < 40, old = $('.partial', pre);
    if (old) old.remove();
    var some = document.createElement('template');
    some.innerHTML = (skipped ? '<span class="cut">… some output is left out here. It is kept.\n</span>' : '') +
      html.replace(/\n$/, '').split('\n').map(function (line) { return html ? '<span>' + line + '\n</span>' : ''; }).join('') +
      (partial ? '<span class="partial">' + partial + '\n</span>' : '');
    pre.append(some.content);
    for (var extra = pre.childElementCount - KEPT; extra > 0; extra--) { pre.firstElementChild.remove(); pre.classList.add('nonum'); }
    if (end) pre.scrollTop = pre.scrollHeight;
  }
  function count(id, html) {
    var badge = $('#n-' + id); if (!badge || /[a-z]/i.test(badge.textContent)) return;
    var lines = html.split('\n').length - 1;
    badge.textContent = ((+badge.textContent.replace(/,/g, '') || 0) + lines).toLocaleString('en-GB');
    if (id === 'errors' && html) badge.classList.add('bad');
  }

  /* the result: text at once, blocks when the readers have made them */
  var held = null, waiting = null, fetched = 0;
  function out(data) {
    var raw = $('#raw'); if (raw) append(raw, data.html, data.partial, data.skipped);
    count('raw', data.html);
    if (held) held.push(data);
    live(data);
  }
  function live(data) {
    var pre = $('#live'); if (!pre) return;
    append(pre, data.html, $('#ask .q') || drawn(data) ? '' : data.partial, data.skipped); /* what is asked stands in its box */
    $('#live-card').hidden = !pre.childElementCount;
    var nothing = $('#nothing-yet'); if (nothing && pre.childElementCount) nothing.remove();
  }
  /* the next step of a progress is shown by the bar above, not as text below it */
  function drawn(data) {
    var above = $('#live-card').previousElementSibling;
    return !data.html && !!above && above.classList.contains('progressed') && /\d ?%|\d ?(\/|of) ?\d/.test(data.partial);
  }
  document.addEventListener('webify:asked', function () { live({ html: '' }); result(); });
  function result() {
    if (waiting || held || over) return;
    waiting = setTimeout(function () {
      waiting = null;
      held = [];
      fetched = Date.now();
      var asked = location.search;
      fetch(address('result') + '&until=' + last.split('.')[0], { headers: { 'HX-Request': 'true' } })
        .then(function (r) { return r.ok ? r.text() : null; })
        .then(function (html) { if (html !== null && !over) merge(html, asked === location.search); }, function () {})
        .then(function () { held = null; });
    }, Math.max(0, fetched + PAUSE - Date.now()));
  }
  function merge(html, current) {
    var some = document.createElement('template');
    some.innerHTML = html;
    var fresh = $('#blocks', some.content), now = $('#blocks');
    if (!fresh || !now) return;
    var at = null;
    $$(':scope > *', fresh).forEach(function (block) {
      var old = block.id && document.getElementById(block.id);
      if (old && old.parentNode === now && block.hasAttribute('data-tablecard')) { if (current) refill(old, block); }
      else if (old && old.parentNode === now) { if (!old.isEqualNode(block)) old.replaceWith(block); old = old.isConnected ? old : block; }
      else { old = block; if (at) at.after(old); else now.prepend(old); window.htmx.process(old); }
      if (at && at.nextElementSibling !== old) at.after(old);
      at = old;
    });
    while (at && at.nextElementSibling) at.nextElementSibling.remove();
    $('#nrows').textContent = (+fresh.dataset.rows).toLocaleString('en-GB');
    $('#nrows').parentNode.hidden = !+fresh.dataset.rows;
    if (fresh.dataset.elapsed) elapsed(+fresh.dataset.elapsed);
    if ('stopping' in fresh.dataset) cancelled();
    rowsSaid(+fresh.dataset.rows);
    progress(fresh.dataset);
    held.splice(0).forEach(live);
  }
  /* somebody has cancelled it, here or elsewhere */
  function cancelled() {
    $('.statusbar .end').textContent = '';
    document.dispatchEvent(new CustomEvent('webify:state'));
  }
  /* how far it has come, as it says itself: in the status bar and in the tab's title */
  function progress(told) {
    var bar = $('#bar'), percent = told.percent; if (!bar) return;
    $('#told').hidden = told.doing === undefined;
    $('#doing').textContent = told.doing || '';
    $('#percent').textContent = percent ? percent + '%' : '';
    if (percent) bar.value = +percent; else bar.removeAttribute('value');
    if (!$('#ask')) document.title = (percent ? percent + '% ' : '') + document.title.replace(/^\d+% /, '');
  }
  /* a table that grows keeps its search box; new rows are tinted once */
  function refill(card, fresh) {
    var id = card.id, rows = $('#' + id + '-rows', card), next = $('#' + id + '-rows', fresh), seen = {};
    if (rows.classList.contains('dimmed') || rows.contains(document.activeElement) && document.activeElement.matches('select,.long')) return;
    var focus = rows.contains(document.activeElement) ? document.activeElement.id : '';
    var box = $('.tblwrap', rows), left = box.scrollLeft, top = box.scrollTop;
    $$('tbody tr', rows).forEach(function (tr) { seen[tr.textContent] = true; });
    var tinted = $$('tbody tr', next).filter(function (tr) { if (!seen[tr.textContent]) tr.classList.add('new'); return !seen[tr.textContent]; }).length;
    /* rows that landed on another page are counted; the page itself holds still */
    var outside = Math.max(0, next.dataset.matched - rows.dataset.matched - tinted);
    var unseen = card.dataset.unseen = next.hasAttribute('data-end') ? 0 : (+card.dataset.unseen || 0) + outside;
    unseen += +next.dataset.fresh || 0;
    var more = $('.newrows', next);
    more.hidden = !unseen;
    more.textContent = unseen.toLocaleString('en-GB') + (unseen === 1 ? ' new row' : ' new rows');
    rows.replaceWith(next);
    window.htmx.process(next);
    box = $('.tblwrap', next);
    box.scrollLeft = left;
    if (focus && document.getElementById(focus)) document.getElementById(focus).focus({ preventScroll: true });
    ['size', 'downloads', 'filters', 'pick', 'views', 'columns'].forEach(function (part) {
      var old = $('#' + id + '-' + part, card), now = $('#' + id + '-' + part, fresh);
      if (!old || !now || old.isEqualNode(now) || old.contains(document.activeElement) || old.matches('[open]') || $('[open]', old)) return;
      if (part === 'views' && $('[data-view=chart][aria-pressed=true]', old)) { $('[data-view=chart]', old).dataset.fetch = $('[data-view=chart]', now).dataset.fetch; return; }
      if (part === 'columns' && $$('input', old).length === $$('input', now).length) return;
      old.replaceWith(now);
      window.htmx.process(now);
    });
    card.dispatchEvent(new CustomEvent('webify:refilled', { bubbles: true }));
    box.scrollTop = top;
  }
  var spoken = 0;
  function rowsSaid(rows) {
    if (Date.now() - spoken < 10000 || !rows) return;
    spoken = Date.now();
    var table = $('[data-tablecard] [role=status]');
    if (table) table.textContent = rows.toLocaleString('en-GB') + ' rows so far';
  }

  W.part = address;
  function address(part) {
    var url = new URL(here, location.href);
    new URL(location.href).searchParams.forEach(function (value, name) { url.searchParams.set(name, value); });
    url.searchParams.set('part', part);
    return url.pathname + url.search;
  }

  /* the end: the page turns into the finished one, in its place */
  function end() {
    over = true;
    close();
    clearTimeout(waiting);
    window.htmx.ajax('GET', address('page'), { target: '#main', swap: 'outerHTML' }).then(function () {
      document.dispatchEvent(new CustomEvent('webify:cards'));
      W.say($('#main').dataset.said);
    });
  }

  /* the connection */
  var note = $('#lost'), lost = false;
  function tell(text) { note.hidden = !text; $('p', note).textContent = text; }
  function open() {
    if (over || source) return;
    source = new EventSource(main.dataset.events + '?last=' + last);
    var listen = function (name, act) {
      source.addEventListener(name, function (ev) { if (ev.lastEventId) last = ev.lastEventId; act(JSON.parse(ev.data)); });
    };
    source.onopen = function () { if (opened) result(); opened = true; /* this computer may have slept */ document.dispatchEvent(new CustomEvent('webify:question')); if (lost) { lost = false; tell('Back in touch.'); setTimeout(function () { if (!lost) tell(''); }, 3000); } };
    source.onerror = function () {
      lost = true;
      tell('Connection lost. The run goes on. Trying again.');
      if (source && source.readyState === 2) { close(); setTimeout(open, 5000); }
    };
    listen('out', out);
    listen('err', function (data) { var pre = $('#err'); if (pre) append(pre, data.html, data.partial, data.skipped); count('errors', data.html); if (data.partial) result(); });
    listen('result', result);
    listen('question', function (data) { document.dispatchEvent(new CustomEvent('webify:question', { detail: data.number })); });
    listen('end', function (data) { if (data.state === 'refused') { over = true; close(); location.replace(here); } else end(); });
  }
  function close() { if (source) { source.close(); source = null; } }
  document.addEventListener('visibilitychange', function () { if (document.hidden) close(); else open(); });
  addEventListener('pagehide', close);
  addEventListener('pageshow', function (ev) { if (ev.persisted) open(); });

  if (!document.hidden) open();
})();
