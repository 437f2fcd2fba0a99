package duka.identity.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;

/** Finds a mail's text, or its HTML, in the multiparts within multiparts. */
final class MailParts {

    static String of(Part in, String type) throws MessagingException, IOException {
        if (in.isMimeType(type)) {
            return in.getContent().toString().replace("\r\n", "\n");
        }
        if (in.getContent() instanceof MimeMultipart parts) {
            for (int at = 0; at < parts.getCount(); at++) {
                var found = of(parts.getBodyPart(at), type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    private MailParts() {}
}
