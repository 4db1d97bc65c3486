/* The Server page looks again every few seconds while it is seen. */
(function () {
  'use strict';
  setInterval(function () {
    var page = document.getElementById('server');
    if (page && !document.hidden) page.dispatchEvent(new CustomEvent('webify:look'));
  }, 1000 * document.getElementById('server').dataset.look);
})();
