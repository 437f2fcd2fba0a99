package duka.identity.mail;

import duka.events.AccountEvent.Standing;
import duka.identity.Mailing;
import duka.identity.ProofProperties;
import duka.identity.UserId;
import duka.messaging.Uuid7;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes to people about their accounts. */
@Component
class AccountMails implements Mailing {

    private final Mailbox mailbox;
    private final Clock clock;
    private final MailProperties properties;
    private final ProofProperties proofs;

    AccountMails(Mailbox mailbox, Clock clock, MailProperties properties, ProofProperties proofs) {
        this.mailbox = mailbox;
        this.clock = clock;
        this.properties = properties;
        this.proofs = proofs;
    }

    @Override
    public void welcome(UserId to) {
        mailbox.post(Mail.to(to.value(), Template.WELCOME, "welcome:" + to));
    }

    @Override
    public void verifyEmail(UserId to, String token) {
        mailbox.post(
                eachTime(to, Template.VERIFY_EMAIL)
                        .withSecrets(
                                Map.of(
                                        "token",
                                        token,
                                        "link",
                                        link("/api/v1/auth/email/verify", token)))
                        .goodUntil(clock.instant().plus(proofs.email())));
    }

    @Override
    public void resetPassword(UserId to, String token) {
        mailbox.post(
                eachTime(to, Template.RESET_PASSWORD)
                        .withSecrets(Map.of("token", token, "link", link("/reset-password", token)))
                        .goodUntil(clock.instant().plus(proofs.reset())));
    }

    @Override
    public void passwordCode(UserId to, String code) {
        mailbox.post(
                eachTime(to, Template.PASSWORD_CODE)
                        .withSecrets(Map.of("code", code))
                        .goodUntil(clock.instant().plus(proofs.code())));
    }

    @Override
    public void passwordChanged(UserId to) {
        mailbox.post(eachTime(to, Template.PASSWORD_CHANGED));
    }

    @Override
    public void vendorReviewed(UserId to, Standing standing, @Nullable String reason) {
        var template =
                switch (standing) {
                    case UNDER_REVIEW -> Template.VENDOR_UNDER_REVIEW;
                    case APPROVED -> Template.VENDOR_APPROVED;
                    case SUSPENDED -> Template.VENDOR_SUSPENDED;
                    case CLOSED -> Template.VENDOR_CLOSED;
                };
        mailbox.post(eachTime(to, template).with(Map.of("reason", reason == null ? "" : reason)));
    }

    /** What may happen again is mailed again. */
    private Mail eachTime(UserId to, Template template) {
        return Mail.to(
                to.value(),
                template,
                "%s:%s:%s".formatted(template.fileName(), to, Uuid7.mint(clock)));
    }

    private String link(String path, String token) {
        return "%s%s?token=%s"
                .formatted(
                        properties.shopUrl(),
                        path,
                        URLEncoder.encode(token, StandardCharsets.UTF_8));
    }
}
