package duka.identity.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import duka.events.AccountEvent.Standing;
import duka.identity.Actor;
import duka.identity.Mailing;
import duka.identity.Profile;
import duka.identity.Registering;
import duka.identity.UserId;
import duka.identity.mail.MailKeeping.Retry;
import duka.identity.mail.Postman.Round.Away;
import duka.identity.mail.Postman.Round.Done;
import duka.testing.Cable;
import duka.testing.Infrastructure;
import duka.testing.TurnedClock;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** From the row to a real mail server, and what may go wrong on the way. */
@SpringBootTest(
        properties = {
            "duka.mail.from=Duka <shop@duka.example>",
            "duka.mail.shop-url=https://shop.example/",
            "duka.identity.proofs.reset=1h",
            "duka.mail.attempts=3",
            "duka.mail.batch=5",
            "spring.mail.host=127.0.0.1",
            "spring.kafka.listener.auto-startup=false"
        })
@Import({Infrastructure.class, TurnedClock.Bound.class})
class PostmanIT {

    private static final Cable CABLE = new Cable();
    private static final GreenMail SERVER =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @Autowired Mailing mailing;
    @Autowired Postman postman;
    @Autowired Rounds rounds;
    @Autowired Mails mails;
    @Autowired MailKeeping keeping;
    @Autowired MailPruning pruning;
    @Autowired ProductCopies products;
    @Autowired Letters letters;
    @Autowired Secrets secrets;
    @Autowired ObjectProvider<JavaMailSender> sender;
    @Autowired MailProperties properties;
    @Autowired Registering registering;
    @Autowired TransactionTemplate transaction;
    @Autowired JdbcClient jdbc;
    @Autowired MeterRegistry meters;
    @Autowired TurnedClock clock;

    private final String address = "amina-" + UUID.randomUUID() + "@example.com";
    private UserId amina;

    @DynamicPropertySource
    static void mailServer(DynamicPropertyRegistry registry) {
        registry.add("spring.mail.port", CABLE::port);
    }

    @BeforeAll
    static void startServer() {
        SERVER.start();
    }

    @AfterAll
    static void stopServer() {
        CABLE.close();
        SERVER.stop();
    }

    @BeforeEach
    void anEmptyBox() throws Exception {
        rounds.stop();
        clock.ahead(Duration.ZERO);
        CABLE.leadsTo(SERVER.getSmtp().getPort());
        CABLE.plugIn();
        SERVER.purgeEmailFromAllMailboxes();
        amina =
                registering
                        .register(
                                null,
                                address,
                                "giraffe-42-lake",
                                Profile.named("Amina", "Otieno", ""),
                                Actor.SHOP)
                        .id();
        jdbc.sql("delete from mails").update();
    }

    @Test
    void a_mail_goes_in_text_and_html_to_the_address_of_then() throws Exception {
        write(() -> mailing.welcome(amina));
        var moved = "moved-" + address;
        jdbc.sql("update users set email = ?, email_verified = true where id = ?")
                .params(moved, amina.value())
                .update();

        assertThat(postman.round()).isEqualTo(new Done(1));

        var mail = received().getFirst();
        assertThat(mail.getAllRecipients()).containsExactly(new InternetAddress(moved));
        assertThat(mail.getFrom())
                .containsExactly(new InternetAddress("shop@duka.example", "Duka"));
        assertThat(mail.getSubject()).isEqualTo("Welcome to Duka");
        assertThat(mail.getMessageID()).isEqualTo("<%s@duka.example>".formatted(only().id()));
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(MailParts.of(mail, "text/plain"))
                .startsWith("Hello Amina,")
                .contains("https://shop.example.");
        assertThat(MailParts.of(mail, "text/html")).contains("<p>Hello Amina,</p>");
        assertThat(only().state()).isEqualTo(MailState.SENT);
        assertThat(postman.round()).isEqualTo(new Done(0));
    }

    @Test
    void a_name_is_not_repeated_to_an_address_that_may_be_a_strangers() throws Exception {
        write(() -> mailing.welcome(amina));

        postman.round();

        assertThat(MailParts.of(received().getFirst(), "text/plain"))
                .startsWith("Hello,")
                .doesNotContain("Amina");
    }

    @Test
    void a_mail_is_true_only_together_with_what_it_is_about() {
        assertThatThrownBy(() -> mailing.welcome(amina))
                .isInstanceOf(IllegalTransactionStateException.class);
        transaction.executeWithoutResult(
                undone -> {
                    mailing.passwordChanged(amina);
                    undone.setRollbackOnly();
                });

        assertThat(keeping.count(null)).isZero();
    }

    @Test
    void the_same_occasion_is_written_about_once() {
        write(() -> mailing.welcome(amina));
        write(() -> mailing.welcome(amina));
        write(() -> mailing.passwordChanged(amina));
        write(() -> mailing.passwordChanged(amina));

        assertThat(keeping.count(null)).isEqualTo(3);
    }

    @Test
    void a_secret_is_sealed_while_it_waits_and_gone_once_sent() throws Exception {
        write(() -> mailing.resetPassword(amina, "tok/en+42"));
        assertThat(jdbc.sql("select mails::text from mails").query(String.class).single())
                .doesNotContain("tok/en", "tok%2Fen", address);

        postman.round();

        assertThat(MailParts.of(received().getFirst(), "text/plain"))
                .contains("https://shop.example/reset-password?token=tok%2Fen%2B42")
                .contains("the token: tok/en+42");
        assertThat(
                        jdbc.sql("select count(*) from mails where secrets is null")
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void a_code_that_is_no_good_any_more_does_not_go() {
        write(() -> mailing.passwordCode(amina, "123456"));
        clock.ahead(Duration.ofMinutes(11));

        postman.round();

        assertThat(received()).isEmpty();
        assertThat(only().state()).isEqualTo(MailState.DROPPED);
        assertThat(
                        jdbc.sql("select count(*) from mails where secrets is null")
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void an_account_that_is_not_active_gets_no_mail() {
        write(() -> mailing.vendorReviewed(amina, Standing.APPROVED, null));
        jdbc.sql("update users set active = false where id = ?").param(amina.value()).update();
        write(() -> mailing.passwordChanged(amina));

        postman.round();

        assertThat(received()).isEmpty();
        assertThat(only().state()).isEqualTo(MailState.DROPPED);
    }

    @Test
    void while_the_mail_server_is_away_mails_wait_and_lose_nothing() {
        write(() -> mailing.welcome(amina));
        CABLE.pull();

        IntStream.range(0, 5).forEach(_ -> assertThat(postman.round()).isInstanceOf(Away.class));
        assertThat(only())
                .returns(MailState.WAITING, KeptMail::state)
                .returns(0, KeptMail::attempts)
                .extracting(KeptMail::failure)
                .asString()
                .contains("connect");
        assertThat(meters.get("duka.mails.waiting").gauge().value()).isEqualTo(1);

        CABLE.plugIn();
        assertThat(postman.round()).isEqualTo(new Done(1));
        assertThat(received()).hasSize(1);
    }

    @Test
    void a_login_refused_on_the_way_leaves_what_has_gone_and_names_nobody() throws Exception {
        write(() -> IntStream.range(0, 4).forEach(_ -> mailing.passwordChanged(amina)));
        var login = (JavaMailSenderImpl) sender.getObject();
        login.setUsername("shop");
        login.setPassword("secret");
        try (var server = new LockingServer()) {
            CABLE.leadsTo(server.port());

            assertThat(postman.round())
                    .isInstanceOfSatisfying(
                            Away.class,
                            away ->
                                    assertThat(away.reason())
                                            .contains("not today")
                                            .doesNotContain("@"));
        } finally {
            login.setUsername(null);
            login.setPassword(null);
        }

        assertThat(keeping.count(MailState.SENT)).isEqualTo(1);
        assertThat(keeping.list(MailState.FAILED, 10, 0))
                .singleElement()
                .extracting(KeptMail::failure)
                .asString()
                .contains("nobody of that name")
                .doesNotContain("@");
        assertThat(keeping.list(MailState.WAITING, 10, 0))
                .hasSize(2)
                .allSatisfy(
                        mail ->
                                assertThat(mail)
                                        .returns(0, KeptMail::attempts)
                                        .extracting(KeptMail::failure)
                                        .asString()
                                        .doesNotContain("@"));
    }

    @Test
    void one_stops_before_others_may_send_the_same() {
        write(() -> IntStream.range(0, 3).forEach(_ -> mailing.passwordChanged(amina)));
        SERVER.getUserManager()
                .setMessageDeliveryHandler(
                        (_, _) -> {
                            clock.ahead(properties.lease().minusSeconds(30));
                            return someMailbox();
                        });
        try {
            assertThat(postman.round()).isEqualTo(new Done(3));
        } finally {
            SERVER.getUserManager().setMessageDeliveryHandler((_, _) -> someMailbox());
        }
        assertThat(keeping.count(MailState.SENT)).isEqualTo(1);
        assertThat(keeping.list(MailState.WAITING, 10, 0))
                .hasSize(2)
                .allSatisfy(mail -> assertThat(mail.attempts()).isZero());

        assertThat(postman.round()).isEqualTo(new Done(2));
        assertThat(keeping.count(MailState.SENT)).isEqualTo(3);
    }

    @Test
    void two_that_send_at_once_send_each_mail_once() throws Exception {
        write(() -> IntStream.range(0, 60).forEach(_ -> mailing.passwordChanged(amina)));
        Callable<Integer> replica =
                () -> {
                    int all = 0;
                    for (var round = postman.round();
                            round instanceof Done(int some) && some > 0;
                            round = postman.round()) {
                        all += some;
                    }
                    return all;
                };

        try (var together = Executors.newFixedThreadPool(4)) {
            var shares =
                    together.invokeAll(List.of(replica, replica, replica, replica)).stream()
                            .map(Future::resultNow)
                            .toList();
            assertThat(shares.stream().mapToInt(Integer::intValue).sum()).isEqualTo(60);
        }
        assertThat(received()).hasSize(60);
        assertThat(received().stream().map(PostmanIT::id)).doesNotHaveDuplicates();
        assertThat(keeping.count(MailState.SENT)).isEqualTo(60);
    }

    @Test
    void who_dies_before_saying_that_it_was_sent_has_it_sent_again_as_the_same() throws Exception {
        write(() -> mailing.welcome(amina));
        var dying =
                new Postman(
                        mails,
                        products,
                        letters,
                        secrets,
                        sender,
                        new TransactionTemplate(new NoMoreTransactions()),
                        meters,
                        clock,
                        properties);
        assertThatThrownBy(dying::round).isInstanceOf(TransactionSystemException.class);

        assertThat(postman.round()).isEqualTo(new Done(0));
        clock.ahead(properties.lease().plusSeconds(1));
        assertThat(postman.round()).isEqualTo(new Done(1));

        assertThat(received()).hasSize(2);
        assertThat(received().stream().map(PostmanIT::id).distinct())
                .containsExactly("<%s@duka.example>".formatted(only().id()));
        assertThat(only().state()).isEqualTo(MailState.SENT);
    }

    @Test
    void an_address_that_the_mail_server_does_not_know_is_not_tried_again() throws Exception {
        try (var refusing = new RefusingServer()) {
            CABLE.leadsTo(refusing.port());
            write(() -> mailing.welcome(amina));

            assertThat(postman.round()).isEqualTo(new Done(1));
        }
        assertThat(only())
                .returns(MailState.FAILED, KeptMail::state)
                .extracting(KeptMail::failure)
                .asString()
                .contains("nobody of that name")
                .doesNotContain(address);
    }

    @Test
    void what_is_refused_again_and_again_is_given_up_until_an_admin_has_it_tried_again() {
        write(() -> mailing.resetPassword(amina, "token"));
        var slow = Duration.ofSeconds(5);
        SERVER.getUserManager()
                .setMessageDeliveryHandler(
                        (_, _) -> {
                            throw new MessagingException("not now");
                        });

        assertThat(postman.round()).isEqualTo(new Done(1));
        assertThat(only().state()).isEqualTo(MailState.WAITING);
        assertThat(postman.round()).isEqualTo(new Done(0));
        for (int attempt = 2; attempt <= 3; attempt++) {
            clock.ahead(slow.multipliedBy(1L << attempt));
            assertThat(postman.round()).isEqualTo(new Done(1));
        }
        assertThat(only())
                .returns(MailState.FAILED, KeptMail::state)
                .returns(3, KeptMail::attempts);

        SERVER.getUserManager().setMessageDeliveryHandler((_, _) -> someMailbox());
        var failed = only().id();
        assertThat(keeping.retry(failed)).containsInstanceOf(Retry.Queued.class);
        assertThat(postman.round()).isEqualTo(new Done(1));
        assertThat(only().state()).isEqualTo(MailState.SENT);
        assertThat(keeping.retry(failed)).containsInstanceOf(Retry.Refused.class);
        assertThat(keeping.retry(UUID.randomUUID())).isEmpty();
    }

    @Test
    void what_is_good_for_longer_is_tried_for_longer() {
        write(() -> mailing.resetPassword(amina, "token"));
        clock.ahead(Duration.ofMinutes(59));

        postman.round();

        assertThat(only().state()).isEqualTo(MailState.SENT);
    }

    @Test
    void a_failed_mail_that_is_of_no_use_any_more_is_not_tried_again() {
        write(() -> mailing.passwordCode(amina, "123456"));
        jdbc.sql("update mails set state = 'FAILED', ended_at = now()").update();
        clock.ahead(Duration.ofMinutes(11));

        assertThat(keeping.retry(only().id())).get().isInstanceOf(Retry.Refused.class);
    }

    @Test
    void one_mail_that_cannot_be_written_does_not_hold_up_the_others() {
        write(() -> mailing.welcome(amina));
        jdbc.sql("update mails set template = 'FROM_THE_FUTURE'").update();
        write(() -> mailing.passwordChanged(amina));

        assertThat(postman.round()).isEqualTo(new Done(2));

        assertThat(received()).hasSize(1);
        assertThat(keeping.list(MailState.WAITING, 10, 0))
                .singleElement()
                .returns(1, KeptMail::attempts);
    }

    @Test
    void nor_does_one_that_cannot_be_unsealed() {
        write(() -> mailing.resetPassword(amina, "token"));
        jdbc.sql("update mails set secrets = ?")
                .param(Base64.getEncoder().encodeToString(new byte[48]))
                .update();
        write(() -> mailing.passwordChanged(amina));

        assertThat(postman.round()).isEqualTo(new Done(2));
        assertThat(received()).hasSize(1);
        for (int attempt = 2; attempt <= 3; attempt++) {
            clock.ahead(Duration.ofSeconds(5).multipliedBy(1L << attempt));
            assertThat(postman.round()).isEqualTo(new Done(1));
        }
        assertThat(keeping.list(MailState.FAILED, 10, 0))
                .singleElement()
                .returns(3, KeptMail::attempts);
    }

    @Test
    void what_went_long_ago_is_forgotten_but_not_what_failed() {
        write(() -> mailing.welcome(amina));
        postman.round();
        write(() -> mailing.passwordChanged(amina));
        jdbc.sql(
                        """
                        update mails set state = 'FAILED', ended_at = now()
                         where state = 'WAITING'
                        """)
                .update();
        pruning.prune();
        assertThat(keeping.count(null)).isEqualTo(2);

        clock.ahead(properties.keep().plusDays(1));
        pruning.prune();

        assertThat(only().state()).isEqualTo(MailState.FAILED);
    }

    private void write(Runnable mail) {
        transaction.executeWithoutResult(_ -> mail.run());
    }

    private KeptMail only() {
        return keeping.list(null, 2, 0).stream()
                .reduce(
                        (one, other) -> {
                            throw new AssertionError(one + " and " + other);
                        })
                .orElseThrow();
    }

    private static List<MimeMessage> received() {
        return Arrays.asList(SERVER.getReceivedMessages());
    }

    private static GreenMailUser someMailbox() {
        try {
            var user = SERVER.getUserManager().getUser("anybody");
            return user != null
                    ? user
                    : SERVER.getUserManager().createUser("anybody", "anybody", "anybody");
        } catch (UserException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String id(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The database goes away as soon as a mail has been sent. */
    private static class NoMoreTransactions extends AbstractPlatformTransactionManager {

        @Override
        protected Object doGetTransaction() {
            throw new TransactionSystemException("killed");
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
