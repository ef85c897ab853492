// Everything works without these modules except the timer, the wake lock and keeping what was typed.
import "./after-call.js";
import "./check-words.js";
import "./copy.js";
import "./dialogs.js";
import "./drop.js";
import "./forget.js";
import "./import-progress.js";
import "./keep-form.js";
import "./keys.js";
import "./letters.js";
import "./live-refresh.js";
import "./offline.js";
import "./talk-ahead.js";
import "./tell-server.js";
import "./timer.js";
import "./wake-lock.js";
