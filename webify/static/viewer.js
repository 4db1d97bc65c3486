/* The viewer of a long text: pages are joined while you scroll, new lines are followed, lines are
   numbered as soon as they are counted, a search goes on by itself. Without this file the page's
   links do the same, a page at a time. */
(function () {
  'use strict';
  var W = window.webify, $ = W.$, $$ = W.$$, on = W.on;
  var box = $('#viewer'), pre = $('#lines');
  var KEPT = 3000, NEAR = 800, PAUSE = 300, MOST = 1000, FAR = 999999999999999;
  if (!box) { found(); return; }
  var start = +pre.dataset.start, end = +pre.dataset.end, size = +pre.dataset.size;
  var total = null, busy = false;

  function url(fields) {
    var to = new URL(box.dataset.address, location.href);
    if (box.dataset.q) to.searchParams.set('q', box.dataset.q);
    if (box.dataset.case) to.searchParams.set('case', '1');
    if (pre.classList.contains('nowrap')) to.searchParams.set('wrap', 'no');
    Object.keys(fields).forEach(function (name) { to.searchParams.set(name, fields[name]); });
    return to;
  }
  function get(fields) {
    return fetch(url(fields), { headers: { 'HX-Request': 'true' } }).then(function (r) { if (!r.ok) throw new Error(r.status); return r; });
  }
  function page(fields) {
    fields.part = 'lines';
    return get(fields).then(function (r) { return r.text(); }).then(function (html) {
      var some = document.createElement('template');
      some.innerHTML = html;
      var piece = $('pre', some.content);
      size = Math.max(size, +piece.dataset.size);
      return piece;
    });
  }
  function at(line) { return +line.dataset.at; }

  /* lines come at both ends, and go at the other end when there are many */
  function append(piece) {
    var old = pre.lastElementChild, first = piece.firstElementChild;
    if (old && first && old.classList.contains('partial') && at(old) === at(first)) old.remove();
    pre.append.apply(pre, $$(':scope > .l', piece));
    end = +piece.dataset.end;
    var extra = pre.childElementCount - KEPT, before = pre.scrollHeight;
    for (; extra > 0; extra--) pre.firstElementChild.remove();
    pre.scrollTop -= before - pre.scrollHeight;
    if (pre.firstElementChild) start = at(pre.firstElementChild);
    afterwards();
  }
  function prepend(piece) {
    var before = pre.scrollHeight;
    pre.prepend.apply(pre, $$(':scope > .l', piece));
    start = +piece.dataset.start;
    pre.scrollTop += pre.scrollHeight - before;
    while (pre.childElementCount > KEPT) { end = at(pre.lastElementChild); pre.lastElementChild.remove(); }
    afterwards();
  }
  function replace(piece) {
    pre.replaceChildren.apply(pre, $$(':scope > .l', piece));
    start = +piece.dataset.start;
    end = +piece.dataset.end;
    afterwards();
  }
  function afterwards() {
    var last = pre.lastElementChild, number = last && +$('.n', last).dataset.n;
    if (number && end >= size) tell(number);
    if (number >= 100000) pre.classList.add('wide');
    if (last && !number) count();
    where();
  }
  function load(fields, act) {
    if (busy) return;
    busy = true;
    page(fields).then(act).then(function () { busy = false; look(); }, function () { busy = false; W.say('The server cannot be reached'); });
  }
  function look() {
    if (pre.scrollHeight - pre.scrollTop - pre.clientHeight < NEAR && end < size) load({ from: end }, append);
    else if (pre.scrollTop < NEAR && start > 0) load({ to: start }, prepend);
  }

  /* where the top of the view is */
  function top() {
    var all = pre.children, low = 0, high = all.length - 1, zero = all.length && all[0].offsetTop;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (all[middle].offsetTop - zero + all[middle].offsetHeight > pre.scrollTop) high = middle; else low = middle + 1;
    }
    return all[low];
  }
  function where() {
    var line = top();
    if (!line) return;
    var number = +$('.n', line).dataset.n;
    $('#place').textContent = number ? 'Line ' + spell(number) + (total ? ' of ' + spell(total) : '') : Math.floor(100 * at(line) / Math.max(1, size)) + ' % of the text';
  }
  function spell(number) { return number.toLocaleString('en-GB'); }
  function tell(lines) {
    total = lines;
    var place = $('#total');
    place.hidden = false;
    $('b', place).textContent = spell(lines);
  }

  /* lines are counted in the background */
  var counting = false;
  function count() {
    if (counting) return;
    counting = true;
    get({ part: 'count', from: start }).then(function (r) { return r.json(); }).then(function (told) {
      counting = false;
      if (told.first) number(told.first, told);
      if (told.total !== null) tell(told.total); else count();
      where();
    }, function () { counting = false; });
  }
  function number(first) {
    if (!pre.firstElementChild || at(pre.firstElementChild) !== start) return;
    $$(':scope > .l', pre).forEach(function (line, i) {
      var link = $('.n', line), n = first + i;
      if (link.dataset.n) return;
      line.id = 'L' + n;
      link.dataset.n = n;
      link.href = '?line=' + n + '#L' + n;
      link.setAttribute('aria-label', 'Line ' + n);
    });
    if (first + pre.childElementCount >= 100000) pre.classList.add('wide');
  }

  /* lines that are chosen: by the address, by a press on a number, with Shift up to another */
  var chosen = null;
  function choose(first, last) {
    chosen = [Math.min(first, last), Math.max(first, last)];
    $$('.here', pre).forEach(function (line) { line.classList.remove('here'); });
    var found = [];
    for (var n = chosen[0]; n <= chosen[1] && n < chosen[0] + KEPT; n++) {
      var line = document.getElementById('L' + n);
      if (line) { line.classList.add('here'); found.push(line); }
    }
    $('#copy-lines span').textContent = chosen[1] > chosen[0] ? 'Copy ' + spell(chosen[1] - chosen[0] + 1) + ' lines' : 'Copy line';
    return found[0];
  }
  on('click', '#lines .n', function (link, ev) {
    var n = +link.dataset.n;
    if (!n || ev.ctrlKey || ev.metaKey) return;
    ev.preventDefault();
    var line = choose(ev.shiftKey && chosen ? chosen[0] : n, n);
    var said = chosen[0] === chosen[1] ? String(n) : chosen.join('-');
    history.replaceState(history.state, '', url({ line: said }).href + '#L' + chosen[0]);
    if (line) pre.focus({ preventScroll: true });
  });
  function fromAddress() {
    var hash = /^#L(\d{1,15})(?:-L?(\d{1,15}))?$/.exec(location.hash);
    var said = /^(\d+)(?:-(\d+))?$/.exec(new URL(location.href).searchParams.get('line') || '');
    if (hash && !said && !document.getElementById('L' + hash[1])) {
      location.replace(url({ line: hash[1] + (hash[2] ? '-' + hash[2] : '') }).href + '#L' + hash[1]);
      return;
    }
    var named = said || hash, line = named ? choose(+named[1], +(named[2] || named[1])) : $('.here', pre);
    if (line) pre.scrollTop += line.getBoundingClientRect().top - pre.getBoundingClientRect().top - pre.clientHeight / 4;
  }
  on('click', '#copy-lines', function (b) {
    var lines = chosen ? $$('.here', pre) : $$(':scope > .l', pre);
    W.copy(lines.map(function (line) { return $('.t', line).textContent; }).join('\n'), b);
  });

  /* the next error or match is looked for from what is seen */
  on('click', '[data-go]', function (link) {
    var back = link.dataset.go.indexOf('earlier') === 0, line = $('.here', pre) || top();
    if (!line) return;
    var next = line.classList.contains('here') ? line.nextElementSibling : line;
    var to = new URL(link.href);
    if (back) to.searchParams.set('to', at(line)); else to.searchParams.set('from', next ? at(next) : end);
    link.href = to.href;
  });
  pre.addEventListener('keydown', function (ev) {
    if (!(ev.ctrlKey || ev.metaKey) || (ev.key !== 'Home' && ev.key !== 'End')) return;
    ev.preventDefault();
    if (ev.key === 'Home') load({ from: 0 }, function (piece) { replace(piece); pre.scrollTop = 0; });
    else load({ end: 1 }, function (piece) { replace(piece); pre.scrollTop = pre.scrollHeight; });
  });

  /* new lines, while the run goes on */
  var button = $('#follow'), following = false, paused = false, source = null, waiting = null, over = !button;
  function bottom() { return pre.scrollHeight - pre.scrollTop - pre.clientHeight < 40; }
  function follow(yes) {
    following = yes;
    button.setAttribute('aria-pressed', yes);
    if (yes) { paused = false; toEnd(); }
  }
  function toEnd() {
    load(end < size - 200000 || end < size && pre.childElementCount === 0 ? { end: 1 } : { from: end }, function (piece) {
      var gap = +piece.dataset.end < +piece.dataset.size;
      if (+piece.dataset.start > end) replace(piece); else append(piece);
      if (gap) news();
      if (following) pre.scrollTop = pre.scrollHeight;
    });
  }
  function news() {
    if (waiting) return;
    waiting = setTimeout(function () {
      waiting = null;
      if (busy) { news(); return; }
      if (following) toEnd(); else look();
    }, PAUSE);
  }
  function open() {
    if (over || source) return;
    var err = box.dataset.stream === 'err';
    source = new EventSource(box.dataset.events + '?last=' + (err ? FAR + '.' + end : end + '.' + FAR));
    source.addEventListener(box.dataset.stream, function (ev) {
      size = Math.max(size, +ev.lastEventId.split('.')[err ? 1 : 0] || 0);
      news();
    });
    source.addEventListener('end', function () { over = true; close(); ended(); });
    source.onerror = function () { if (source && source.readyState === 2) { close(); setTimeout(open, 5000); } };
  }
  function close() { if (source) { source.close(); source = null; } }
  function ended() {
    get({}).then(function (r) { return r.text(); }).then(function (html) {
      var some = document.createElement('template');
      some.innerHTML = html;
      ['#state', '#size', '#total'].forEach(function (id) { var fresh = $(id, some.content); if (fresh) $(id).replaceWith(fresh); });
      size = Math.max(size, +($('#lines', some.content) || pre).dataset.size);
      if (following) toEnd(); else look();
      button.hidden = true;
      W.say('The run has ended');
    }, function () {});
  }
  if (button) {
    button.addEventListener('click', function () { follow(!following); });
    document.addEventListener('visibilitychange', function () { if (document.hidden) close(); else open(); });
    addEventListener('pagehide', close);
    addEventListener('pageshow', function (ev) { if (ev.persisted) open(); });
    if (!document.hidden) open();
  }

  /* scrolling loads the neighbours; scrolling up pauses, scrolling down to the end goes on */
  var frame = 0;
  pre.addEventListener('scroll', function () {
    if (frame) return;
    frame = requestAnimationFrame(function () {
      frame = 0;
      if (!over && following && !bottom()) { paused = true; follow(false); }
      else if (!over && paused && bottom() && end >= size) follow(true);
      where();
      look();
    });
  });

  /* a search goes on until enough is found, or somebody stops it */
  function found() {
    var list = $('#found-list'), stop = $('#found-stop');
    if (!list) return;
    var cancel = new AbortController(), told = $('#found-say');
    function show(part, over) {
      var said = $('.say', part), more = $('.more', said);
      told.textContent = said.firstChild.textContent.trim() + ' ';
      if (over && more) told.append(more.cloneNode(true));
      if (over) { $('#found-status').textContent = said.firstChild.textContent.trim(); stop.hidden = true; }
    }
    function on_with(part) {
      var over = !part.dataset.next || +part.dataset.count >= MOST || cancel.signal.aborted;
      show(part, over);
      if (over) return;
      stop.hidden = false;
      var to = new URL(part.dataset.next, location.href);
      to.searchParams.set('part', 'found');
      fetch(to, { headers: { 'HX-Request': 'true' }, signal: cancel.signal }).then(function (r) { return r.ok ? r.text() : Promise.reject(r); }).then(function (html) {
        var some = document.createElement('template');
        some.innerHTML = html;
        var fresh = $('.found-part', some.content);
        list.append(fresh);
        on_with(fresh);
      }).catch(function () { show(part, true); });
    }
    stop.addEventListener('click', function () { cancel.abort(); });
    on_with($('.found-part', list));
  }

  fromAddress();
  found();
  where();
  if (box.dataset.count) count(); else { total = +$('#total b').textContent.replace(/,/g, '') || null; where(); }
  if (box.dataset.follow) { pre.scrollTop = pre.scrollHeight; follow(true); } else look();
})();
