package duka.identity;

import duka.events.AccountEvent.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** What somebody was mailed, for a test to read. */
@TestConfiguration(proxyBeanMethods = false)
public class SentMails {

    /** A mailbox for each account, the last mail last. */
    public static final class Mails implements Mailing {

        private final Map<UserId, List<String>> mails = new ConcurrentHashMap<>();

        public List<String> of(UserId user) {
            return List.copyOf(mails.getOrDefault(user, List.of()));
        }

        /** What follows the name of the last such mail. */
        public String last(UserId user, String kind) {
            return of(user).reversed().stream()
                    .filter(mail -> mail.startsWith(kind + " "))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no mail " + kind + ": " + of(user)))
                    .substring(kind.length() + 1);
        }

        @Override
        public void welcome(UserId to) {
            put(to, "welcome");
        }

        @Override
        public void verifyEmail(UserId to, String token) {
            put(to, "verify " + token);
        }

        @Override
        public void resetPassword(UserId to, String token) {
            put(to, "reset " + token);
        }

        @Override
        public void passwordCode(UserId to, String code) {
            put(to, "code " + code);
        }

        @Override
        public void passwordChanged(UserId to) {
            put(to, "changed");
        }

        @Override
        public void vendorReviewed(UserId to, Standing standing, @Nullable String reason) {
            put(to, reason == null ? standing.name() : standing + " " + reason);
        }

        private void put(UserId to, String mail) {
            mails.computeIfAbsent(to, _ -> new ArrayList<>()).add(mail);
        }
    }

    @Bean
    @Primary
    Mails sentMails() {
        return new Mails();
    }
}
