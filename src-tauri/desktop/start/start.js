// The page the window shows until the store is open, and when it cannot be opened.
'use strict';

const FRENCH = {
  opening: 'Ouverture de Lectern…',
  failed: 'Lectern ne peut pas ouvrir ses données',
  retry: 'Réessayer',
  folder: 'Afficher le dossier des données',
  quit: 'Quitter',
  where: 'Dossier des données',
  code: 'Code',
};

const { invoke } = window.__TAURI__.core;
const part = (id) => document.getElementById(id);

if (navigator.language.toLowerCase().startsWith('fr')) {
  document.documentElement.lang = 'fr';
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = FRENCH[element.dataset.text];
  }
}

/** A sentence of the program, which names things literally between back-ticks. */
function say(element, sentence) {
  const parts = sentence.split('`').map((text, index) => {
    if (index % 2 === 0) return text;
    const literal = document.createElement('code');
    literal.textContent = text;
    return literal;
  });
  element.replaceChildren(...parts);
}

/** Waits for the store; then gives way to the application's page, or says what went wrong. */
async function wait(outcome) {
  part('failed').hidden = true;
  part('opening').hidden = false;
  const failure = await outcome;
  if (failure === null) {
    location.reload();
    return;
  }
  say(part('message'), failure.message);
  part('hints').replaceChildren(
    ...failure.hints.map((hint) => {
      const item = document.createElement('li');
      say(item, hint);
      return item;
    }),
  );
  part('path').textContent = failure.data_folder ?? '–';
  part('code').textContent = failure.code;
  part('trouble').textContent = '';
  part('opening').hidden = true;
  part('failed').hidden = false;
  part('retry').focus();
}

part('retry').addEventListener('click', () => wait(invoke('reopen')));
part('folder').addEventListener('click', async () => {
  try {
    await invoke('show_data_folder');
  } catch (failure) {
    part('trouble').textContent = failure.message;
  }
});
part('quit').addEventListener('click', () => invoke('quit'));

wait(invoke('opened'));
