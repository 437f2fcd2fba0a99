package duka.identity.mail;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Mustache.Compiler;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Turns facts into letters, each in text and in HTML, by the templates in {@code mails}. What
 * stands in HTML is escaped; a fact that a template names and nobody gave is an error.
 */
@Component
class Letters {

    /** As it is read. */
    record Letter(String subject, String text, String html) {}

    private static final Compiler TEXT = compiler(".txt").escapeHTML(false);
    private static final Compiler HTML = compiler(".html");

    private final Map<String, com.samskivert.mustache.Template> compiled =
            new ConcurrentHashMap<>();

    /**
     * @throws IllegalArgumentException if there is no such template
     */
    Letter write(String template, Map<String, Object> facts) {
        var name = Template.valueOf(template).fileName();
        var text = fill(name + ".txt", facts).split("\n", 2);
        return new Letter(
                oneLine(text[0]),
                inLayout(".txt", text[1].strip(), "", facts),
                inLayout(".html", fill(name + ".html", facts).strip(), oneLine(text[0]), facts));
    }

    private String inLayout(String kind, String body, String title, Map<String, Object> facts) {
        var all = new HashMap<>(facts);
        all.put("body", body);
        all.put("title", title);
        return fill("layout" + kind, all);
    }

    private String fill(String file, Map<String, Object> facts) {
        return compiled.computeIfAbsent(file, Letters::compile).execute(facts);
    }

    /** A line break would end the header and begin another. */
    private static String oneLine(String subject) {
        return subject.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static Compiler compiler(String kind) {
        return Mustache.compiler()
                .emptyStringIsFalse(true)
                .withLoader(part -> new StringReader(read(part + kind)));
    }

    private static com.samskivert.mustache.Template compile(String file) {
        return (file.endsWith(".html") ? HTML : TEXT).compile(read(file));
    }

    private static String read(String file) {
        try (var in = Letters.class.getResourceAsStream("/mails/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no template " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
