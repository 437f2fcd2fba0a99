package duka.identity.mail;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A mail server that lets somebody in once, takes their first mail, knows nobody that the second
 * goes to, hangs up, and then refuses their login.
 */
class LockingServer extends MailServer {

    private final AtomicBoolean open = new AtomicBoolean(true);

    @Override
    void talk(Client client) throws IOException {
        boolean letsIn = open.getAndSet(false);
        client.say("220 locking.example");
        int mails = 0;
        while (client.goesOn()) {
            switch (client.command()) {
                case "EHLO" -> client.say("250-locking.example\r\n250 AUTH PLAIN");
                case "AUTH" ->
                        client.say(letsIn ? "235 yes" : "535 5.7.8 shop@duka.example: not today");
                case "RCPT" -> {
                    if (++mails > 1) {
                        client.knowsNobody();
                        return;
                    }
                    client.say("250 yes");
                }
                case "DATA" -> {
                    client.say("354 go on");
                    client.takeMail();
                    client.say("250 yes");
                }
                default -> client.say("250 yes");
            }
        }
    }
}
