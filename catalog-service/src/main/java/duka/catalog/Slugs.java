package duka.catalog;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds a name's slug for addresses: the plain one while it is free, else a numbered one. */
@Component
class Slugs {

    /** What has slugs of its own, and how long they may be. */
    enum Of {
        PRODUCTS(220),
        CATEGORIES(120);

        private final int longest;

        Of(int longest) {
            this.longest = longest;
        }

        private String table() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** After this many of one name a number says nothing any more. */
    private static final int NUMBERED = 9;

    private final JdbcClient jdbc;
    private final Turns turns;

    Slugs(JdbcClient jdbc, Turns turns) {
        this.jdbc = jdbc;
        this.turns = turns;
    }

    /** It stays free until the transaction ends: who wants a slug of this kind too, waits. */
    String free(Of kind, String name, UUID id) {
        var wishes = wishes(name, id, kind.longest);
        turns.take("slug of " + kind.table() + ": " + root(wishes.getFirst()));
        var taken =
                new HashSet<>(
                        jdbc.sql("select slug from %s where slug = any(?)".formatted(kind.table()))
                                .param(wishes.toArray(String[]::new))
                                .query(String.class)
                                .list());
        return wishes.stream().filter(wish -> !taken.contains(wish)).findFirst().orElseThrow();
    }

    /** The last one has so much of the id in it that nobody else has it. */
    static List<String> wishes(String name, UUID id, int longest) {
        var plain = plain(name);
        var wishes = new ArrayList<String>();
        wishes.add(cut(plain, longest));
        for (int number = 2; number <= NUMBERED; number++) {
            wishes.add(suffixed(plain, String.valueOf(number), longest));
        }
        wishes.add(suffixed(plain, id.toString().replace("-", ""), longest));
        return wishes;
    }

    private static String plain(String name) {
        var slug =
                Normalizer.normalize(name, Form.NFKD)
                        .replaceAll("\\p{M}", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        if (slug.isEmpty()) {
            return "unnamed";
        }
        return Ref.isId(slug) ? "no-" + slug : slug;
    }

    private static String suffixed(String plain, String suffix, int longest) {
        return cut(plain, longest - suffix.length() - 1) + "-" + suffix;
    }

    private static String cut(String slug, int longest) {
        return slug.length() <= longest ? slug : slug.substring(0, longest).replaceAll("-$", "");
    }

    /** The same for "chair" and "chair 2", whose numbered slugs could meet. */
    private static String root(String slug) {
        return cut(slug, 60).replaceAll("(-\\d+)+$", "");
    }
}
