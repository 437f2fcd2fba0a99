package duka.identity.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Puts each mail into a folder, as a file that any mail program opens, instead of sending it. The
 * same mail sent again is the same file.
 */
class FolderMailSender extends JavaMailSenderImpl {

    private static final Pattern OURS = Pattern.compile("[0-9a-f-]{36}-.*\\.eml");

    private final Path folder;
    private final int keeps;
    private int added;

    /**
     * @param keeps how many mails stay, the newest; now and then there are up to twice as many
     */
    FolderMailSender(Path folder, int keeps) {
        this.folder = folder;
        this.keeps = keeps;
        this.added = keeps; // what an earlier process left counts too
    }

    @Override
    protected void doSend(MimeMessage[] messages, Object @Nullable [] originals)
            throws MailException {
        try {
            Files.createDirectories(folder);
            makeRoom(messages.length);
        } catch (IOException e) {
            throw new MailSendException("there is no folder for mails", e, failed(messages, e));
        }
        for (int at = 0; at < messages.length; at++) {
            try {
                put(messages[at]);
            } catch (IOException | MessagingException e) {
                var left = Arrays.copyOfRange(messages, at, messages.length);
                throw new MailSendException("the folder takes no mail", e, failed(left, e));
            }
        }
    }

    private synchronized void makeRoom(int more) throws IOException {
        added += more;
        if (added < keeps) {
            return;
        }
        added = 0;
        try (var files = Files.list(folder)) {
            var oldOnes =
                    files.filter(file -> OURS.matcher(file.getFileName().toString()).matches())
                            .sorted(Comparator.reverseOrder())
                            .skip(keeps)
                            .toList();
            for (var old : oldOnes) {
                Files.deleteIfExists(old);
            }
        }
    }

    /** Whoever lists the folder sees whole mails only. */
    private void put(MimeMessage message) throws IOException, MessagingException {
        var id = message.getMessageID();
        message.saveChanges();
        if (id != null) {
            message.setHeader("Message-ID", id);
        }
        var name = fileName(message);
        var part = folder.resolve("." + name + ".part");
        try (var out = new BufferedOutputStream(Files.newOutputStream(part))) {
            message.writeTo(out);
        }
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Mails' ids ascend, so that a listing has the newest last; the subject is for people. */
    private static String fileName(MimeMessage message) throws MessagingException {
        var id = message.getMessageID().replaceAll("^<|@.*$", "");
        var subject =
                String.valueOf(message.getSubject())
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        return "%s-%s.eml"
                .formatted(
                        id.replaceAll("[^\\w.-]", "_"),
                        subject.substring(0, Math.min(subject.length(), 60)));
    }

    private static Map<Object, Exception> failed(MimeMessage[] messages, Exception reason) {
        var failed = new LinkedHashMap<Object, Exception>();
        for (var message : messages) {
            failed.put(message, reason);
        }
        return failed;
    }
}
