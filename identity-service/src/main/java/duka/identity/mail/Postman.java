package duka.identity.mail;

import duka.identity.mail.Mails.Setback;
import duka.identity.mail.Mails.Taken;
import duka.identity.mail.Postman.Round.Away;
import duka.identity.mail.Postman.Round.Done;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes mails from the box and hands them to the mail server, outside of any transaction.
 *
 * <p>Any number of replicas may do it at once: each takes others' mails never, unless their time is
 * up; so one stops before that, however slow the mail server is. A mail goes again when the process
 * dies between sending it and saying so; it then has the same Message-ID, by which mail programs
 * know it.
 */
@Component
class Postman {

    /** How a round ended. */
    sealed interface Round {

        record Done(int mails) implements Round {}

        /** The mail server was not there, and the mails wait as before. */
        record Away(String reason) implements Round {}
    }

    /** What is to be done with a mail. */
    private sealed interface Verdict {

        record Ready(MimeMessage message) implements Verdict {}

        record NotYet(String reason) implements Verdict {}

        record Never(String reason) implements Verdict {}
    }

    private static final Logger log = LoggerFactory.getLogger(Postman.class);

    private static final String UTF_8 = "UTF-8";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int LONGEST_REASON = 300;
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>,;:]+@[^\\s<>,;:]+");

    private final Mails mails;
    private final ProductCopies products;
    private final Letters letters;
    private final Secrets secrets;
    private final @Nullable JavaMailSender sender;
    private final TransactionTemplate transaction;
    private final MeterRegistry meters;
    private final Clock clock;
    private final MailProperties properties;
    private final InternetAddress from;

    Postman(
            Mails mails,
            ProductCopies products,
            Letters letters,
            Secrets secrets,
            ObjectProvider<JavaMailSender> sender,
            TransactionTemplate transaction,
            MeterRegistry meters,
            Clock clock,
            MailProperties properties)
            throws AddressException {
        this.mails = mails;
        this.products = products;
        this.letters = letters;
        this.secrets = secrets;
        this.sender = sender.getIfAvailable();
        this.transaction = transaction;
        this.meters = meters;
        this.clock = clock;
        this.properties = properties;
        this.from = new InternetAddress(properties.from(), true);
    }

    /** Whether there is anywhere to send mails to. */
    boolean canSend() {
        return sender != null;
    }

    /** Sends one batch. A test calls this where the clock would have. */
    Round round() {
        var out = sender;
        if (out == null) {
            return new Done(0);
        }
        var leaseEnd = clock.instant().plus(properties.lease());
        var taken = mails.take(properties.batch(), leaseEnd);
        if (taken.isEmpty()) {
            return new Done(0);
        }
        var batch = new Batch(taken.size(), leaseEnd.minus(MailProperties.LAST_OF_LEASE));
        var names = products.namesOf(productsIn(taken));
        for (var mail : taken) {
            switch (verdict(mail, names, batch.end, out)) {
                case Verdict.Ready(var message) -> batch.ready.put(message, mail);
                case Verdict.NotYet(var reason) -> batch.refused(mail, reason);
                case Verdict.Never(var reason) ->
                        batch.dropped.add(new Setback(mail, reason, clock.instant()));
            }
        }
        var away = send(batch, out);
        transaction.executeWithoutResult(_ -> batch.record(away));
        batch.tell();
        return away == null ? new Done(taken.size()) : new Away(away);
    }

    private Verdict verdict(Taken mail, Map<UUID, String> names, Instant end, JavaMailSender out) {
        var to = mail.recipient();
        if (mail.goodUntil() != null && mail.goodUntil().isBefore(clock.instant())) {
            return new Verdict.Never("it came too late to be of use");
        }
        if (to == null) {
            return new Verdict.NotYet("nobody knows yet to whom it goes");
        }
        if (!to.active()) {
            return new Verdict.Never("the account is not active");
        }
        if (to.address() == null) {
            return new Verdict.Never("the account has no address");
        }
        try {
            var template = Template.valueOf(mail.template());
            if (template.isForTheShop() && !to.confirmed()) {
                return new Verdict.Never("the address is not confirmed");
            }
            if (template == Template.STOCK_ALERT
                    && mail.facts().get("products") instanceof Map<?, ?> news
                    && news.isEmpty()) {
                return new Verdict.Never("there was nothing left to tell");
            }
            return new Verdict.Ready(message(mail, to, names, end, out));
        } catch (AddressException _) { // its message has the address
            return new Verdict.Never("the account's address is none that mail could go to");
        } catch (RuntimeException | MessagingException e) {
            log.warn("{} cannot be written", mail, e);
            return new Verdict.NotYet("it cannot be written: " + reason(e, to));
        }
    }

    private MimeMessage message(
            Taken mail, Recipient to, Map<UUID, String> names, Instant end, JavaMailSender out)
            throws MessagingException {
        var letter = letters.write(mail.template(), facts(mail, to, names));
        var message = new Leased(out.createMimeMessage().getSession(), end, clock);
        message.setFrom(from);
        message.setRecipient(
                RecipientType.TO, new InternetAddress(String.valueOf(to.address()), true));
        message.setSubject(letter.subject(), UTF_8);
        message.setSentDate(Date.from(mail.writtenAt()));
        message.setContent(
                new MimeMultipart(
                        "alternative", part(letter.text(), "plain"), part(letter.html(), "html")));
        message.setHeader("Message-ID", "<%s@%s>".formatted(mail.id(), domain()));
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private static MimeBodyPart part(String content, String kind) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(content, UTF_8, kind);
        return part;
    }

    private String domain() {
        var address = from.getAddress();
        return address.substring(address.indexOf('@') + 1);
    }

    private Map<String, Object> facts(Taken mail, Recipient to, Map<UUID, String> names) {
        var facts = new HashMap<String, Object>(mail.facts());
        facts.putAll(secrets.open(mail.sealed()));
        facts.put("name", to.name());
        facts.put("shop_url", properties.shopUrl());
        if (facts.get("products") instanceof Map<?, ?> gathered) {
            facts.put("alerts", List.copyOf(gathered.values()));
        }
        var order = mail.order();
        if (order != null) {
            facts.put(
                    "order",
                    Map.of(
                            "id", order.id().toString(),
                            "url", properties.shopUrl() + "/orders/" + order.id(),
                            "total", order.total(),
                            "lines",
                                    order.lines().stream()
                                            .map(
                                                    line ->
                                                            Map.of(
                                                                    "product_id",
                                                                    line.productId().toString(),
                                                                    "quantity",
                                                                    line.quantity(),
                                                                    "amount",
                                                                    line.amount()))
                                            .toList()));
        }
        return named(facts, names);
    }

    // --- products are told by their ids, and read by their names

    private static Set<UUID> productsIn(List<Taken> taken) {
        var ids = new LinkedHashSet<UUID>();
        for (var mail : taken) {
            collectProducts(mail.facts(), ids);
            if (mail.order() != null) {
                mail.order().lines().forEach(line -> ids.add(line.productId()));
            }
        }
        return ids;
    }

    private static void collectProducts(Object fact, Set<UUID> ids) {
        switch (fact) {
            case Map<?, ?> facts -> {
                if (facts.get("product_id") instanceof String id) {
                    ids.add(UUID.fromString(id));
                }
                facts.values().forEach(each -> collectProducts(each, ids));
            }
            case List<?> facts -> facts.forEach(each -> collectProducts(each, ids));
            default -> {}
        }
    }

    private static Map<String, Object> named(Map<?, ?> facts, Map<UUID, String> names) {
        var named = new LinkedHashMap<String, Object>();
        facts.forEach((key, fact) -> named.put(String.valueOf(key), named(fact, names)));
        if (facts.get("product_id") instanceof String id) {
            named.put("product", names.getOrDefault(UUID.fromString(id), "Product " + id));
        }
        return named;
    }

    private static Object named(Object fact, Map<UUID, String> names) {
        return switch (fact) {
            case Map<?, ?> facts -> named(facts, names);
            case List<?> facts -> facts.stream().map(each -> named(each, names)).toList();
            default -> fact;
        };
    }

    // --- sending

    /** Answers why the mail server is away, if it is. */
    private @Nullable String send(Batch batch, JavaMailSender out) {
        if (batch.ready.isEmpty()) {
            return null;
        }
        try {
            out.send(batch.ready.keySet().toArray(MimeMessage[]::new));
            batch.sent.addAll(batch.ready.values());
            return null;
        } catch (MailSendException e) {
            return sort(batch, e);
        } catch (MailException e) { // none of them was begun
            batch.notTried.addAll(batch.ready.values());
            return reason(e, null);
        }
    }

    /**
     * Some may have gone, some may have been refused; with no connection the rest was not tried.
     */
    private @Nullable String sort(Batch batch, MailSendException e) {
        var failures = e.getFailedMessages();
        var noConnection = failures.isEmpty() ? null : e.getCause();
        batch.ready.forEach(
                (message, mail) -> {
                    var failure = failures.get(message);
                    if (failure == null) {
                        batch.sent.add(mail);
                    } else if (failure instanceof TimeUp) {
                        batch.tooLate.add(mail);
                    } else if (failure == noConnection) {
                        batch.notTried.add(mail);
                    } else if (isRefusalOfTheAddress(failure)) {
                        batch.failed.add(
                                new Setback(
                                        mail, reason(failure, mail.recipient()), clock.instant()));
                    } else {
                        batch.refused(mail, reason(failure, mail.recipient()));
                    }
                });
        return batch.notTried.isEmpty() || noConnection == null ? null : reason(noConnection, null);
    }

    /** Such as a mailbox that is not there. Asking again would only make us look like a spammer. */
    private static boolean isRefusalOfTheAddress(Exception failure) {
        for (Exception at = failure; at != null; ) {
            if (at instanceof SMTPAddressFailedException refusal) {
                return refusal.getReturnCode() >= 500;
            }
            at = at instanceof MessagingException e ? e.getNextException() : null;
        }
        return false;
    }

    /** For an admin: what the mail server said, without the addresses that it said it about. */
    private static String reason(Throwable failure, @Nullable Recipient to) {
        var said = new LinkedHashSet<String>();
        for (var at = failure; at != null; at = next(at)) {
            if (at.getMessage() != null) {
                said.add(at.getMessage().strip());
            }
        }
        var reason = said.isEmpty() ? failure.getClass().getSimpleName() : String.join("; ", said);
        if (to != null && to.address() != null) {
            reason = reason.replaceAll("(?i)" + Pattern.quote(to.address()), "…");
        }
        reason = ADDRESS.matcher(reason).replaceAll("…").replaceAll("\\p{Cntrl}+", " ");
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }

    private static @Nullable Throwable next(Throwable failure) {
        return failure instanceof MessagingException e && e.getNextException() != null
                ? e.getNextException()
                : failure.getCause();
    }

    /** Doubles with every attempt. */
    private static Duration pause(int attempts) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 20));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** There is no time left to begin sending a mail. */
    private static class TimeUp extends MessagingException {

        TimeUp() {
            super("the mail server was too slow");
        }
    }

    /** Whoever sends it saves it first: that is when it is begun, unless it is too late by then. */
    private static class Leased extends MimeMessage {

        private final Instant end;
        private final Clock clock;

        Leased(Session session, Instant end, Clock clock) {
            super(session);
            this.end = end;
            this.clock = clock;
        }

        @Override
        public void saveChanges() throws MessagingException {
            if (!clock.instant().isBefore(end)) {
                throw new TimeUp();
            }
            super.saveChanges();
        }
    }

    /** What has become of the mails that were taken together. */
    private class Batch {

        final Instant end;
        final Map<MimeMessage, Taken> ready;
        final List<Taken> sent = new ArrayList<>();
        final List<Taken> notTried = new ArrayList<>();
        final List<Taken> tooLate = new ArrayList<>();
        final List<Setback> setBack = new ArrayList<>();
        final List<Setback> failed = new ArrayList<>();
        final List<Setback> dropped = new ArrayList<>();

        Batch(int size, Instant end) {
            this.end = end;
            ready = LinkedHashMap.newLinkedHashMap(size);
        }

        void refused(Taken mail, String reason) {
            if (mail.attempts() < properties.attempts()) {
                setBack.add(
                        new Setback(mail, reason, clock.instant().plus(pause(mail.attempts()))));
            } else {
                failed.add(new Setback(mail, reason, clock.instant()));
            }
        }

        void record(@Nullable String away) {
            mails.sent(sent);
            mails.setBack(setBack);
            mails.failed(failed);
            mails.dropped(dropped);
            mails.giveBack(tooLate, "there was no time left for it");
            if (away != null) {
                mails.giveBack(notTried, away);
            }
        }

        /** What mail servers say is for admins, not for logs: it can be personal. */
        void tell() {
            meters.counter("duka.mails.sent").increment(sent.size());
            log.debug("Sent {}", sent);
            setBack.forEach(each -> log.info("{} waits until {}", each.mail(), each.nextTry()));
            failed.forEach(
                    each -> log.warn("{} failed, attempt {}", each.mail(), each.mail().attempts()));
            dropped.forEach(each -> log.info("{} does not go: {}", each.mail(), each.reason()));
        }
    }
}
