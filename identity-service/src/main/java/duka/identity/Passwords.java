package duka.identity;

import duka.jobs.PlatformThreads;
import duka.jobs.TooMuchWork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Which passwords are good enough, and how they are kept. */
@Component
class Passwords {

    private static final int SHORTEST = 8;

    /** What comes after is not looked at by bcrypt. */
    private static final int MOST_BYTES = 72;

    /** About three seconds' work, and the gateway waits for ten. */
    private static final int WAITING_EACH = 30;

    private final PlatformThreads threads = threads(Runtime.getRuntime().availableProcessors());
    private final Set<String> common = readCommon();
    private final PasswordEncoder encoder;
    private final String nobodys;

    Passwords() {
        this(PasswordEncoderFactories.createDelegatingPasswordEncoder());
    }

    Passwords(PasswordEncoder encoder) {
        this.encoder = encoder;
        this.nobodys = encoder.encode(UUID.randomUUID().toString());
    }

    /**
     * @param field that the password was sent in
     * @throws TooMuchWork if others are before it
     * @throws WeakPassword if it would not protect its account
     */
    String hash(String password, String field) {
        var reasons = new ArrayList<String>();
        if (password.length() < SHORTEST) {
            reasons.add("must have at least %d characters".formatted(SHORTEST));
        }
        if (bytes(password) > MOST_BYTES) {
            reasons.add("must have at most %d bytes".formatted(MOST_BYTES));
        }
        if (password.chars().noneMatch(Character::isDigit)) {
            reasons.add("must have at least one digit");
        }
        if (common.contains(password.toLowerCase(Locale.ROOT))) {
            reasons.add("must not be one of the most common passwords");
        }
        if (!reasons.isEmpty()) {
            throw new WeakPassword(field, reasons);
        }
        return threads.run(() -> encoder.encode(password));
    }

    /**
     * Takes as long for somebody who does not exist, so that the time does not tell who does.
     *
     * @throws TooMuchWork if others are before it
     */
    boolean matches(String password, Optional<String> hash) {
        var possible = bytes(password) <= MOST_BYTES;
        var same =
                threads.run(() -> encoder.matches(possible ? password : "", hash.orElse(nobodys)));
        return possible && same && hash.isPresent();
    }

    private static PlatformThreads threads(int processors) {
        return new PlatformThreads("passwords", processors, WAITING_EACH * processors);
    }

    private static int bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Set<String> readCommon() {
        var file = new ClassPathResource("common-passwords.txt");
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8))) {
            return lines.lines().collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new IllegalStateException("the common passwords cannot be read", e);
        }
    }
}
