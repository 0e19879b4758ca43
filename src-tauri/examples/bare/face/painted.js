// As the desk's face does it.
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('kontor-usable')));
