/* The form of a command that may have to be confirmed: it is sent behind the page, and only the
   question is put into it. So passwords and chosen files stay where they are. */
(function () {
  'use strict';
  var W = window.webify, $ = W.$, form = $('#f[data-asks]'), sending = false, plainly = false, from = null, height = 0;
  if (!form) return;
  function question() { return $('#sure', form); }

  /* the browser's own way: for faults, and whatever else is a page */
  function send(button) {
    plainly = true;
    form.requestSubmit(button);
    plainly = false;
  }
  function run() { return $('.runbar .go .btn', form); }
  function weigh(asked) {
    run().classList.toggle('btn-quiet', asked);
    run().classList.toggle('btn-primary', !asked);
  }
  function ask(section) {
    var old = question();
    if (old) old.replaceWith(section);
    else $('input[name=":csrf"]', form).after(section);
    weigh(true);
    section.focus({ preventScroll: true });
    section.scrollIntoView({ block: 'center' });
  }
  function close() {
    if (question()) question().remove();
    weigh(false);
  }
  function back() {
    close();
    (from || run()).focus({ preventScroll: true });
    if (from) scrollTo(0, height);
  }
  function take(answer, button) {
    var address = answer.headers.get('HX-Redirect');
    if (address) { location.assign(address); return null; }
    return answer.text().then(function (html) {
      var fresh = document.createElement('template');
      fresh.innerHTML = html;
      var section = answer.ok && fresh.content.children.length === 1 && $('#sure', fresh.content);
      if (section) ask(section); else send(button);
    });
  }
  form.addEventListener('submit', function (ev) {
    var button = ev.submitter;
    if (ev.defaultPrevented || plainly) return;
    ev.preventDefault();
    if (sending) return;
    sending = true;
    if (!question()) {
      from = form.contains(document.activeElement) ? document.activeElement : null;
      height = scrollY;
    }
    var busy = setTimeout(function () { if (button) button.classList.add('busy'); }, 300);
    var done = function () { sending = false; clearTimeout(busy); if (button) button.classList.remove('busy'); };
    fetch(form.action, { method: 'POST', body: new FormData(form, button), headers: { 'HX-Request': 'true' } }).then(function (answer) {
      return take(answer, button);
    }).then(done, function () { done(); W.say('The server cannot be reached'); });
  });
  W.on('click', '[data-unsure]', back);
  document.addEventListener('keydown', function (ev) {
    if (ev.key !== 'Escape' || ev.defaultPrevented || !question() || $('dialog[open]')) return;
    ev.preventDefault();
    back();
  });
  addEventListener('pageshow', function (ev) { if (ev.persisted) close(); });
})();
