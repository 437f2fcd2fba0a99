package duka.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Documents as maps and lists; a key that stands twice is refused. */
final class Yaml {

    private Yaml() {}

    static Map<String, Object> one(Path file) {
        return map(parser().load(read(file)));
    }

    static List<Map<String, Object>> all(Path file) {
        return StreamSupport.stream(parser().loadAll(read(file)).spliterator(), false)
                .map(Yaml::map)
                .toList();
    }

    static Object parse(String text) {
        return parser().load(text);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    static Map<String, Object> map(Map<String, Object> parent, String key) {
        return map(parent.getOrDefault(key, Map.of()));
    }

    static List<Object> list(Map<String, Object> parent, String key) {
        return list(parent.getOrDefault(key, List.of()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static org.yaml.snakeyaml.Yaml parser() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(500);
        return new org.yaml.snakeyaml.Yaml(new SafeConstructor(options));
    }
}
