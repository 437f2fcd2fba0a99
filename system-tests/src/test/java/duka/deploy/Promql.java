package duka.deploy;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which metrics an expression asks for; enough of the language for those that are here. */
public final class Promql {

    /**
     * @param labels by which it is narrowed
     */
    public record Selector(String metric, Set<String> labels) {}

    private static final Pattern TEXT = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"");
    private static final Pattern TIME = Pattern.compile("\\[[^]]*]|\\boffset\\s+\\w+");
    private static final Pattern MATCHING =
            Pattern.compile(
                    "\\b(by|without|on|ignoring|group_left|group_right)\\b\\s*(\\([^)]*\\))?");

    /** A name that is not called, with what follows in braces. */
    private static final Pattern SELECTOR =
            Pattern.compile("(?<![\\w:])([a-zA-Z_:][\\w:]*+)(?!\\s*\\()\\s*(?:\\{([^}]*)})?");

    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool");

    private Promql() {}

    public static Set<Selector> selectors(String expression) {
        var bare = TEXT.matcher(expression).replaceAll("");
        bare = TIME.matcher(bare).replaceAll("");
        bare = MATCHING.matcher(bare).replaceAll("");
        var selectors = new LinkedHashSet<Selector>();
        var found = SELECTOR.matcher(bare);
        while (found.find()) {
            if (!OPERATORS.contains(found.group(1))) {
                selectors.add(new Selector(found.group(1), labels(found.group(2))));
            }
        }
        return selectors;
    }

    private static Set<String> labels(String braces) {
        var labels = new TreeSet<String>();
        if (braces != null) {
            LABEL.matcher(braces).results().forEach(label -> labels.add(label.group(1)));
        }
        return labels;
    }
}
