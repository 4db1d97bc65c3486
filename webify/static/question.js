/* The question of a program that waits for an answer: comes, is answered and goes without a new
   page. run.js hears of it; the server draws it, see run_ask.html. */
(function () {
  'use strict';
  var W = window.webify, $ = W.$, $$ = W.$$, sending = false, warned = 0;
  if (!W.part) return;
  function box() { return $('#asked'); }

  function show(html, again) {
    var some = document.createElement('template'), old = box();
    some.innerHTML = html;
    var fresh = $('#asked', some.content), state = $('#state', some.content);
    if (!fresh || !old) return;
    /* what somebody types stays, as long as it is the same question; else they are told */
    if (again && $('#ask', old) && $('#ask', fresh) && fresh.dataset.number === old.dataset.number) return;
    if (again && typed(old) && !$('#not-sent', fresh)) { look(); return; } /* typed after it was asked for */
    var inside = old.contains(document.activeElement), idle = inside || [document.body, $('#main'), null].indexOf(document.activeElement) > -1;
    if (state && $('#state')) $('#state').replaceWith(state);
    old.replaceWith(fresh);
    document.title = fresh.dataset.title;
    if (fresh.dataset.told) W.say(fresh.dataset.told);
    else if (again && $('#ask', old) && !typed(old)) W.say('The question is no longer open');
    var ask = $('#ask', fresh);
    if (ask) {
      document.dispatchEvent(new CustomEvent('webify:asked'));
      if (fresh.dataset.number !== old.dataset.number && !$('#not-sent', fresh)) W.say($('#ask-head').textContent + ': ' + $('#ask-text').textContent, seen(ask));
      if (idle) ($('#ask-answer:not([placeholder])', ask) || ask).focus({ preventScroll: !inside });
    } else if (inside) $('#main').focus({ preventScroll: true });
  }
  function seen(ask) {
    var place = ask.getBoundingClientRect();
    return place.top < innerHeight && place.bottom > 0;
  }
  function typed(old) {
    var answer = $('#ask-answer', old);
    return !!answer && answer.value !== '';
  }
  function look() {
    var gone = typed(box()) || $('#not-sent', box()); /* said once more, as the next question comes later */
    return fetch(W.part('ask') + (gone ? '&answer=gone' : ''), { headers: { 'HX-Request': 'true' } })
      .then(function (r) { return r.ok ? r.text() : ''; })
      .then(function (html) { if (html && !sending) show(html, true); }, function () {});
  }
  document.addEventListener('webify:question', function (ev) {
    /* without a number: the connection is new, and an old question may be over */
    if (box() && !sending && (ev.detail === null ? $('#ask') : +box().dataset.number !== ev.detail)) look();
  });

  document.addEventListener('webify:state', look);

  /* an answer: sent in the background; until it has arrived nothing else can be */
  document.addEventListener('submit', function (ev) {
    var form = ev.target;
    if (!form.closest('#ask')) return;
    ev.preventDefault();
    if (sending) return;
    sending = true;
    var body = new FormData(form), by = ev.submitter, slow = setTimeout(busy, 300, by);
    if (by && by.name) body.append(by.name, by.value);
    fetch(form.action, { method: 'POST', body: new URLSearchParams(body), headers: { 'HX-Request': 'true' } })
      .then(function (r) { return r.ok ? r.text() : Promise.reject(); })
      .then(function (html) { sending = false; show(html); if (box() && !$('#not-sent')) look(); },
        function () { sending = false; ready(); $('#ask-busy').textContent = 'The answer could not be sent. Check the connection and send it again.'; $('#ask-busy').classList.remove('visually-hidden'); })
      .then(function () { clearTimeout(slow); });
  }, true);
  function busy(by) {
    if (!sending || !$('#ask')) return;
    $$('#ask button, #ask input, #ask textarea').forEach(function (el) { el.setAttribute('aria-disabled', 'true'); });
    if (by) by.classList.add('busy');
    $('#ask-busy').textContent = 'Sending…';
    $('#ask-busy').classList.remove('visually-hidden');
  }
  function ready() {
    $$('#ask [aria-disabled]').forEach(function (el) { el.removeAttribute('aria-disabled'); el.classList.remove('busy'); });
  }

  /* the last minute is told once */
  setInterval(function () {
    var ask = $('#ask'), left = ask ? (Date.parse(ask.dataset.until) - Date.now()) / 1000 : 0;
    if (left <= 0 || left > 60 || warned === +box().dataset.number) return;
    warned = +box().dataset.number;
    W.say('One minute is left to answer');
    $('#ask-until').classList.add('fw-semibold');
  }, 1000);
})();
