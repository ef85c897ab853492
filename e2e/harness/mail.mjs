// A mail server for a journey: takes letters over SMTP, refuses some, and has a mailbox to read over IMAP.
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Both on free ports. `refuses(address)` gives the answer to a recipient that is not taken, or nothing. */
export async function startMail({ refuses = () => null } = {}) {
  const mail = { taken: [], inbox: [] };
  const smtp = await listen((socket) => takeLetters(socket, mail, refuses));
  const imap = await listen((socket) => showMailbox(socket, mail.inbox));
  return Object.assign(mail, {
    smtpPort: smtp.address().port,
    imapPort: imap.address().port,
    stop: () => [smtp, imap].forEach((server) => server.close()),
  });
}

/** What a mail server writes when a letter that was taken did not arrive. */
export function bounceOf(letter, says) {
  const id = letter.text.match(/^Message-ID: (.+)$/im)[1];
  return [
    'From: MAILER-DAEMON@mail.example', 'To: orders@norpump.example', 'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <bounce-${Date.now()}@mail.example>`, 'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="edge"', '',
    '--edge', 'Content-Type: text/plain', '', 'It could not be delivered.', '',
    '--edge', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mail.example', '',
    `Final-Recipient: rfc822; ${letter.to}`, 'Action: failed', 'Status: 5.1.1', `Diagnostic-Code: smtp; ${says}`, '',
    '--edge', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${id}`, '', '--edge--', '',
  ].join('\r\n');
}

async function listen(speak) {
  const server = createServer((socket) => {
    // A program that is killed breaks off.
    socket.on('error', () => socket.destroy());
    speak(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Calls `heard` with each line. */
function lines(socket, heard) {
  let rest = '';
  socket.on('data', (bytes) => {
    const parts = (rest + bytes.toString('latin1')).split('\r\n');
    rest = parts.pop();
    parts.forEach(heard);
  });
}

function takeLetters(socket, mail, refuses) {
  const say = (text) => socket.write(`${text}\r\n`);
  let to = null;
  let text = null;
  say('220 mail.example');
  lines(socket, (line) => {
    if (text !== null) {
      if (line !== '.') return void text.push(line);
      mail.taken.push({ to, text: text.join('\r\n') });
      text = null;
      return void say('250 2.0.0 taken');
    }
    const [command] = line.toUpperCase().split(/[ :]/);
    if (command === 'EHLO') return void say('250-mail.example\r\n250 8BITMIME');
    if (command === 'RCPT') {
      to = line.match(/<(.+?)>/)[1];
      return void say(refuses(to) ?? '250 2.1.5 fine');
    }
    if (command === 'DATA') {
      text = [];
      return void say('354 go on');
    }
    if (command === 'QUIT') return void socket.end('221 2.0.0 goodbye\r\n');
    say('250 2.0.0 fine');
  });
}

function showMailbox(socket, inbox) {
  socket.write('* OK ready\r\n');
  lines(socket, (line) => {
    const [tag, first, second, ...words] = line.split(' ');
    const command = first.toUpperCase() === 'UID' ? `UID ${second.toUpperCase()}` : first.toUpperCase();
    const done = (...untagged) => socket.write(`${[...untagged, `${tag} OK done`].join('\r\n')}\r\n`, 'latin1');
    switch (command) {
      case 'EXAMINE':
        return void done(`* ${inbox.length} EXISTS`, '* OK [UIDVALIDITY 1] fine', `* OK [UIDNEXT ${inbox.length + 1}] fine`);
      case 'UID SEARCH':
        return void done(['* SEARCH', ...(words[0] === 'HEADER' ? [] : inbox.map((_, at) => at + 1))].join(' '));
      case 'UID FETCH': {
        const text = inbox[Number(words[0]) - 1];
        const facts = `UID ${words[0]} INTERNALDATE "02-Nov-2026 08:00:00 +0000"`;
        return void done(`* ${words[0]} FETCH (${facts} BODY[]<0> {${text.length}}\r\n${text})`);
      }
      case 'LOGOUT':
        return void socket.end(`* BYE\r\n${tag} OK done\r\n`);
      default:
        return void done();
    }
  });
}
