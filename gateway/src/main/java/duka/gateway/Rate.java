package duka.gateway;

import java.time.Duration;
import java.util.regex.Pattern;

/** How often something may be done, as in {@code 5/min}. */
record Rate(int requests, Duration per) {

    private static final Pattern SPELLING = Pattern.compile("(\\d{1,7})/(s|min|hour|day)");

    Rate {
        if (requests < 1) {
            throw new IllegalArgumentException("a rate is of one request at least");
        }
    }

    /** Public, or else Spring does not find it when it reads the configuration. */
    public static Rate of(String spelled) {
        var parts = SPELLING.matcher(spelled);
        if (!parts.matches()) {
            throw new IllegalArgumentException("%s is not like 5/min".formatted(spelled));
        }
        var per =
                switch (parts.group(2)) {
                    case "s" -> Duration.ofSeconds(1);
                    case "min" -> Duration.ofMinutes(1);
                    case "hour" -> Duration.ofHours(1);
                    default -> Duration.ofDays(1);
                };
        return new Rate(Integer.parseInt(parts.group(1)), per);
    }
}
