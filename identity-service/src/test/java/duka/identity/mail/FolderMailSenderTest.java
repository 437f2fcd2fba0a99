package duka.identity.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mail.MailSendException;

class FolderMailSenderTest {

    private static final String ID = "0198c0de-0000-7000-8000-000000000001";

    @TempDir Path home;

    @Test
    void a_mail_is_a_file_that_its_id_and_subject_name() throws Exception {
        var sender = new FolderMailSender(home.resolve("new/mails"), 10);

        sender.send(mail(sender, ID, "Your order: ../../is confirmed!"));

        var file = home.resolve("new/mails/" + ID + "-your-order-is-confirmed.eml");
        assertThat(file).isRegularFile();
        try (var in = Files.newInputStream(file)) {
            var read = new MimeMessage(null, in);
            assertThat(read.getMessageID()).isEqualTo("<%s@duka.example>".formatted(ID));
            assertThat(read.getContent()).asString().isEqualTo("Karibu");
        }
    }

    @Test
    void the_same_mail_again_is_the_same_file() throws Exception {
        var sender = new FolderMailSender(home, 10);

        sender.send(mail(sender, ID, "Welcome"));
        sender.send(mail(sender, ID, "Welcome"));

        assertThat(names()).containsExactly(ID + "-welcome.eml");
    }

    @Test
    void only_the_newest_stay_and_what_is_not_ours_is_left_alone() throws Exception {
        var sender = new FolderMailSender(home, 3);
        Files.writeString(home.resolve("shopping-list.eml"), "honey");

        for (int at = 0; at < 20; at++) {
            sender.send(mail(sender, new UUID(at, 0).toString(), "Welcome"));
        }

        assertThat(names()).hasSizeBetween(4, 7).contains("shopping-list.eml");
        assertThat(names().getFirst()).isGreaterThan(new UUID(13, 0).toString());
    }

    @Test
    void a_folder_that_takes_nothing_is_a_server_that_is_away() throws Exception {
        var taken = Files.writeString(home.resolve("a-file"), "");
        var sender = new FolderMailSender(taken, 10);
        var mail = mail(sender, ID, "Welcome");

        var refusal = catchThrowableOfType(MailSendException.class, () -> sender.send(mail, mail));

        assertThat(refusal.getFailedMessages()).containsEntry(mail, (Exception) refusal.getCause());
    }

    private static MimeMessage mail(FolderMailSender sender, String id, String subject)
            throws MessagingException {
        var mail = sender.createMimeMessage();
        mail.setSubject(subject);
        mail.setText("Karibu");
        mail.setHeader("Message-ID", "<%s@duka.example>".formatted(id));
        return mail;
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(home)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
