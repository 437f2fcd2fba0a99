package duka.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One of the shop's programs, and which settings its jar knows. */
final class Deployable {

    static final Path ROOT = Path.of(System.getProperty("duka.root", "..")).toAbsolutePath();

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final Map<String, Deployable> ALL = new ConcurrentHashMap<>();
    private static final Map<String, Map<String, Setting>> LIBRARIES = new ConcurrentHashMap<>();

    /**
     * @param usual what it is if nobody sets it
     */
    private record Setting(String type, @Nullable String usual) {}

    private final String name;
    private final Map<String, Setting> settings;
    private final Map<String, Object> own;

    private Deployable(String name) {
        this.name = name;
        Path target = ROOT.resolve(name).resolve("target");
        try (var files = Files.list(target)) {
            Path jar =
                    files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("no jar in " + target));
            this.settings = settings(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.own = own();
        own.keySet().stream()
                .filter(key -> key.startsWith("duka."))
                .forEach(key -> settings.putIfAbsent(key, new Setting("", null)));
    }

    static Deployable named(String name) {
        return ALL.computeIfAbsent(name, Deployable::new);
    }

    String name() {
        return name;
    }

    int port() {
        return (int) own.get("server.port");
    }

    /** By a property's name, as in a file. */
    boolean knows(String property) {
        String asked = uniform(property);
        return settings.entrySet().stream()
                .anyMatch(
                        known -> {
                            String key = uniform(known.getKey());
                            return asked.equals(key)
                                    || known.getValue().type().startsWith("java.util.Map")
                                            && asked.startsWith(key + ".")
                                    || known.getValue().type().startsWith("java.util.List")
                                            && asked.startsWith(key + "[");
                        });
    }

    /** By a variable of the environment. */
    boolean knowsVariable(String variable) {
        return settings.entrySet().stream()
                .anyMatch(
                        known -> {
                            String key = variable(known.getKey());
                            return variable.equals(key)
                                    || known.getValue().type().startsWith("java.util.Map")
                                            && variable.startsWith(key + "_");
                        });
    }

    /** Those that are this shop's own, with what they are if nobody sets them. */
    Map<String, String> ownSettings() {
        var ours = new TreeMap<String, String>();
        settings.forEach(
                (key, setting) -> {
                    if (key.startsWith("duka.")) {
                        ours.put(key, setting.usual() == null ? "" : unquoted(setting.usual()));
                    }
                });
        own.forEach(
                (key, value) -> {
                    if (key.startsWith("duka.")) {
                        ours.put(key, value.toString());
                    }
                });
        return ours;
    }

    private static String unquoted(String json) {
        return json.replaceAll("^\"|\"$", "");
    }

    /** Settings that are right on a laptop only, unless somebody sets them. */
    Map<String, String> meantForALaptop() {
        var local = new TreeMap<String, String>();
        settings.forEach(
                (key, setting) -> {
                    if (key.startsWith("duka.") && isLocal(setting.usual())) {
                        local.put(key, setting.usual());
                    }
                });
        own.forEach(
                (key, value) -> {
                    if (isLocal(value.toString())) {
                        local.put(key, value.toString());
                    }
                });
        return local;
    }

    private static boolean isLocal(@Nullable String value) {
        return value != null && (value.contains("localhost") || value.contains("127.0.0.1"));
    }

    static String variable(String property) {
        return uniform(property).replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** How Spring compares names. */
    private static String uniform(String property) {
        return property.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static Map<String, Setting> settings(Path jar) throws IOException {
        var settings = new HashMap<String, Setting>();
        try (var whole = new JarFile(jar.toFile())) {
            for (ZipEntry entry : whole.stream().toList()) {
                String name = entry.getName();
                if (name.endsWith(METADATA)) {
                    settings.putAll(read(whole.getInputStream(entry)));
                } else if (name.matches("BOOT-INF/lib/(spring|common|resilience).*jar")) {
                    var known = LIBRARIES.get(name);
                    if (known == null) {
                        known = library(whole.getInputStream(entry));
                        LIBRARIES.put(name, known);
                    }
                    settings.putAll(known);
                }
            }
        }
        return settings;
    }

    private static Map<String, Setting> library(InputStream library) throws IOException {
        try (var zip = new ZipInputStream(library)) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
                if (entry.getName().equals(METADATA)) {
                    return read(zip);
                }
            }
        }
        return Map.of();
    }

    private static Map<String, Setting> read(InputStream metadata) throws IOException {
        var settings = new HashMap<String, Setting>();
        JsonNode document =
                JSON.readTree(new String(metadata.readAllBytes(), StandardCharsets.UTF_8));
        for (JsonNode property : document.path("properties")) {
            settings.put(
                    property.path("name").asString(),
                    new Setting(
                            property.path("type").asString(""),
                            property.has("defaultValue")
                                    ? property.path("defaultValue").toString()
                                    : null));
        }
        return settings;
    }

    /** What its own files set, flat. */
    private Map<String, Object> own() {
        var flat = new TreeMap<String, Object>();
        Path defaults = ROOT.resolve("common-web/src/main/resources/duka-defaults.yml");
        Path file = ROOT.resolve(name).resolve("src/main/resources/application.yml");
        if (Yaml.one(file).toString().contains("duka-defaults.yml")) {
            flatten("", Yaml.one(defaults), flat);
        }
        flatten("", Yaml.one(file), flat);
        return flat;
    }

    private static void flatten(String prefix, Object value, Map<String, Object> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> flatten(prefix + "." + key, child, into));
        } else if (value != null) {
            into.put(prefix.substring(1), value);
        }
    }
}
