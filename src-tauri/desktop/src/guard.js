// Injected into every frame of the window before any script of the page.
//
// A request body that is a Blob, a File or a FormData kills the whole process on a custom scheme in
// WebKitGTK (its scheme handler reads a body it was never given), and a stream never arrives. So a
// body is text or bytes, and everything else is a TypeError at the line that tried it.
(() => {
  'use strict';
  // WebKit's own pages (its PDF viewer) are none of our business; about: and blob: frames are ours.
  if (!['app:', 'about:', 'blob:'].includes(location.protocol)) return;

  const isBytes = (body) =>
    ArrayBuffer.isView(body) || Object.prototype.toString.call(body) === '[object ArrayBuffer]';
  const check = (body) => {
    if (body === undefined || body === null || typeof body === 'string' || isBytes(body)) return;
    if (body instanceof URLSearchParams) return;
    const kind = Object.prototype.toString.call(body).slice(8, -1);
    throw new TypeError(`A request of the Lectern window carries text or bytes, not ${kind}`);
  };

  const guardedFetch = window.fetch;
  window.fetch = async function fetch(input, init) {
    check(init?.body);
    return guardedFetch.call(window, input, init);
  };

  // A Request remembers its body; refusing it here means that no later fetch can carry it.
  const guardedRequest = new Proxy(window.Request, {
    construct(target, parameters, constructor) {
      check(parameters[1]?.body);
      return Reflect.construct(target, parameters, constructor);
    },
  });
  window.Request.prototype.constructor = guardedRequest;
  window.Request = guardedRequest;

  const guardedSend = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function send(body) {
    check(body);
    return guardedSend.call(this, body);
  };

  const guardedBeacon = navigator.sendBeacon;
  if (guardedBeacon) {
    Navigator.prototype.sendBeacon = function sendBeacon(address, body) {
      check(body);
      return guardedBeacon.call(this, address, body);
    };
  }

  // A native form submit with a file is the same crash, and any native submit would leave the page.
  // The page's own handlers run between these two; should one of them stop the event, the form is at
  // least not sent as multipart any more.
  window.addEventListener(
    'submit',
    (event) => {
      Element.prototype.setAttribute.call(
        event.target,
        'enctype',
        'application/x-www-form-urlencoded',
      );
      event.submitter?.removeAttribute('formenctype');
    },
    true,
  );
  window.addEventListener('submit', (event) => event.preventDefault());
  HTMLFormElement.prototype.submit = function submit() {
    throw new TypeError('The Lectern window sends requests, never forms');
  };

  // A worker has a fetch of its own that this script cannot reach.
  for (const kind of ['Worker', 'SharedWorker']) {
    if (!(kind in window)) continue;
    window[kind] = class {
      constructor() {
        throw new TypeError(`The Lectern window runs no ${kind}`);
      }
    };
  }
})();
