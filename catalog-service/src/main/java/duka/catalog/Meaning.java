package duka.catalog;

import static java.util.stream.Collectors.joining;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.postgresql.util.PGobject;

/** What a search means in SQL: which products match, and how well. */
sealed interface Meaning {

    /** What is in the name counts most, then the sku. */
    String WEIGHED = "ts_rank('{0, 0.1, 0.4, 1}', products.search, %s)";

    /** True of what matches. */
    String condition();

    /** The more, the better it matches. */
    String relevance();

    Map<String, Object> params();

    /** Whether what matches is best found first, whatever order it is wanted in. */
    default boolean isRare() {
        return false;
    }

    /** Nothing is looked for, so everything is as good. */
    record Nothing() implements Meaning {

        @Override
        public String condition() {
            return "true";
        }

        @Override
        public String relevance() {
            return "cast(0 as real)";
        }

        @Override
        public Map<String, Object> params() {
            return Map.of();
        }
    }

    /** All words, each in one of its forms. */
    record Exact(PGobject query, boolean isRare) implements Meaning {

        @Override
        public String condition() {
            return "products.search @@ :query";
        }

        @Override
        public String relevance() {
            return WEIGHED.formatted(":query");
        }

        @Override
        public Map<String, Object> params() {
            return Map.of("query", query);
        }
    }

    /** All words, or in the name others that are spelled alike. */
    record Alike(List<Form> forms) implements Meaning {

        /**
         * @param word as it is compared
         * @param query what it may have been meant to be
         */
        record Form(String word, PGobject query) {}

        @Override
        public String condition() {
            return each("(products.search @@ :query%1$d or products.folded_name %%> :word%1$d)")
                    .collect(joining(" and "));
        }

        @Override
        public String relevance() {
            return "cast(%s + (%s) / %d as real)"
                    .formatted(
                            WEIGHED.formatted(each(":query%d").collect(joining(" || "))),
                            each("word_similarity(:word%d, products.folded_name)")
                                    .collect(joining(" + ")),
                            forms.size());
        }

        @Override
        public Map<String, Object> params() {
            var params = new HashMap<String, Object>();
            for (int i = 0; i < forms.size(); i++) {
                params.put("word" + i, forms.get(i).word());
                params.put("query" + i, forms.get(i).query());
            }
            return params;
        }

        private Stream<String> each(String sql) {
            return IntStream.range(0, forms.size()).mapToObj(sql::formatted);
        }
    }
}
