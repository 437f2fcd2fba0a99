package duka.identity.mail;

import java.io.IOException;

/** A mail server that knows nobody. */
class RefusingServer extends MailServer {

    @Override
    void talk(Client client) throws IOException {
        client.say("220 refusing.example");
        while (client.goesOn()) {
            if (client.command().equals("RCPT")) {
                client.knowsNobody();
            } else {
                client.say("250 yes");
            }
        }
    }
}
