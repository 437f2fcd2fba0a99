package duka.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words that somebody looks for; none is no search at all. */
public record Search(List<String> words) {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private static final int MOST_WORDS = 8;

    private static final int LONGEST_TURNED = 20;

    public static final Search NONE = new Search(List.of());

    public Search {
        words = List.copyOf(words);
    }

    /** Of any text; after so many words, the others are left out. */
    public static Search of(@Nullable String text) {
        return text == null
                ? NONE
                : new Search(
                        BETWEEN_WORDS
                                .splitAsStream(text.toLowerCase(Locale.ROOT))
                                .filter(word -> !word.isEmpty())
                                .distinct()
                                .limit(MOST_WORDS)
                                .toList());
    }

    /** The word, and what was meant if two of its letters have changed places. */
    static List<String> turned(String word) {
        var turned = new ArrayList<String>();
        turned.add(word);
        var letters = word.codePoints().limit(LONGEST_TURNED).toArray();
        for (int i = 1; letters.length == word.length() && i < letters.length; i++) {
            var other = letters.clone();
            other[i] = letters[i - 1];
            other[i - 1] = letters[i];
            turned.add(new String(other, 0, other.length));
        }
        return turned;
    }

    public boolean isNone() {
        return words.isEmpty();
    }
}
