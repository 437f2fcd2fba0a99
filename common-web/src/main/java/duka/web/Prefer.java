package duka.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a caller would like, as RFC 7240 has it. What is not understood is left aside: a preference
 * is never a reason to refuse.
 *
 * @param patience how long the caller would rather wait for an outcome than be told to look later
 */
public record Prefer(Duration patience) {

    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?(\\d{1,9})\"?");

    /** The request's wish, but never more than we are willing to. */
    public static Prefer of(HttpServletRequest request, Duration most) {
        var wait =
                Collections.list(request.getHeaders("Prefer")).stream()
                        .flatMap(header -> Arrays.stream(header.split("[,;]")))
                        .map(wish -> WAIT.matcher(wish.strip().toLowerCase(Locale.ROOT)))
                        .filter(wish -> wish.matches())
                        .map(wish -> Duration.ofSeconds(Long.parseLong(wish.group(1))))
                        .findFirst()
                        .orElse(Duration.ZERO);
        return new Prefer(wait.compareTo(most) > 0 ? most : wait);
    }

    public boolean waits() {
        return patience.isPositive();
    }
}
