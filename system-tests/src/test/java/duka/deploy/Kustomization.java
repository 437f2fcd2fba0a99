package duka.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Renders a kustomization as {@code kubectl kustomize} does, so far as this repository uses it:
 * resources, namespace, labels, images, JSON patches, deletions, and generators of ConfigMaps and
 * Secrets with a suffix that follows their contents. Whatever else it finds it refuses. The suffix
 * is not Kustomize's own, and a Secret's files need not be there: only their names are of interest.
 */
final class Kustomization {

    private static final Set<String> UNDERSTOOD =
            Set.of(
                    "apiVersion",
                    "kind",
                    "namespace",
                    "resources",
                    "labels",
                    "images",
                    "configMapGenerator",
                    "secretGenerator",
                    "patches");

    /** Until all layers have had their say about its contents. */
    private static final String GENERATED = "duka/generated";

    private static final Set<String> CLUSTER_WIDE = Set.of("Namespace");

    private Kustomization() {}

    static List<Map<String, Object>> render(Path directory) {
        var resources = build(directory);
        nameByContents(resources);
        return resources;
    }

    private static List<Map<String, Object>> build(Path directory) {
        var file = Yaml.one(directory.resolve("kustomization.yaml"));
        refuseOthers(file, UNDERSTOOD, directory);
        var resources = new ArrayList<Map<String, Object>>();
        for (Object entry : Yaml.list(file, "resources")) {
            Path path = directory.resolve((String) entry).normalize();
            if (Files.isDirectory(path)) {
                resources.addAll(build(path));
            } else {
                mustBeBelow(directory, path);
                resources.addAll(Yaml.all(path));
            }
        }
        Yaml.list(file, "configMapGenerator")
                .forEach(each -> generate("ConfigMap", Yaml.map(each), directory, resources));
        Yaml.list(file, "secretGenerator")
                .forEach(each -> generate("Secret", Yaml.map(each), directory, resources));
        Yaml.list(file, "patches").forEach(each -> patch(Yaml.map(each), directory, resources));
        Yaml.list(file, "labels").forEach(each -> label(Yaml.map(each), directory, resources));
        Yaml.list(file, "images").forEach(each -> tag(Yaml.map(each), directory, resources));
        if (file.get("namespace") instanceof String namespace) {
            resources.stream()
                    .filter(resource -> !CLUSTER_WIDE.contains(kind(resource)))
                    .forEach(resource -> metadata(resource).put("namespace", namespace));
        }
        return resources;
    }

    private static void refuseOthers(Map<String, Object> given, Set<String> known, Path where) {
        var others = given.keySet().stream().filter(key -> !known.contains(key)).toList();
        if (!others.isEmpty()) {
            throw new IllegalArgumentException("not understood in %s: %s".formatted(where, others));
        }
    }

    /** Kustomize reads no file outside of the kustomization's own folder. */
    private static void mustBeBelow(Path directory, Path file) {
        if (!file.startsWith(directory.normalize())) {
            throw new IllegalArgumentException(file + " is outside of " + directory);
        }
    }

    private static void generate(
            String kind,
            Map<String, Object> generator,
            Path directory,
            List<Map<String, Object>> resources) {
        refuseOthers(
                generator, Set.of("name", "behavior", "literals", "files", "options"), directory);
        var options = Yaml.map(generator, "options");
        refuseOthers(options, Set.of("labels", "disableNameSuffixHash"), directory);
        var data = new TreeMap<String, Object>();
        for (Object literal : Yaml.list(generator, "literals")) {
            String[] pair = ((String) literal).split("=", 2);
            data.put(pair[0], pair[1]);
        }
        for (Object entry : Yaml.list(generator, "files")) {
            String[] pair = ((String) entry).split("=", 2);
            Path file = directory.resolve(pair[pair.length - 1]).normalize();
            mustBeBelow(directory, file);
            String key = pair.length == 2 ? pair[0] : file.getFileName().toString();
            data.put(key, kind.equals("Secret") ? "" : read(file));
        }
        String name = (String) generator.get("name");
        if ("merge".equals(generator.get("behavior"))) {
            Map<String, Object> merged =
                    resources.stream()
                            .filter(each -> kind(each).equals(kind) && name(each).equals(name))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "nothing to merge %s with".formatted(name)));
            Yaml.map(merged.get("data")).putAll(data);
            return;
        }
        var resource = new LinkedHashMap<String, Object>();
        resource.put("apiVersion", "v1");
        resource.put("kind", kind);
        resource.put("metadata", new LinkedHashMap<>(Map.of("name", name)));
        resource.put("data", data);
        addLabels(metadata(resource), Yaml.map(options, "labels"));
        if (!Boolean.TRUE.equals(options.get("disableNameSuffixHash"))) {
            metadata(resource).put(GENERATED, true);
        }
        resources.add(resource);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void patch(
            Map<String, Object> patch, Path directory, List<Map<String, Object>> resources) {
        refuseOthers(patch, Set.of("target", "patch", "path"), directory);
        var target = Yaml.map(patch.get("target"));
        refuseOthers(target, Set.of("kind", "name", "labelSelector"), directory);
        var targets = resources.stream().filter(isMeantBy(target)).toList();
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("there is no " + target);
        }
        for (Map<String, Object> each : targets) {
            Object change =
                    patch.get("patch") instanceof String inline
                            ? Yaml.parse(inline)
                            : Yaml.parse(read(directory.resolve((String) patch.get("path"))));
            if (change instanceof List<?>) {
                JsonPatch.apply(Yaml.list(change), each);
            } else if ("delete".equals(Yaml.map(change).get("$patch"))) {
                resources.remove(each);
            } else {
                throw new IllegalArgumentException("neither a JSON patch nor a deletion: " + patch);
            }
        }
    }

    private static Predicate<Map<String, Object>> isMeantBy(Map<String, Object> target) {
        return resource -> {
            boolean labelled = true;
            if (target.get("labelSelector") instanceof String selector) {
                String[] pair = selector.split("=");
                labelled = pair[1].equals(Yaml.map(metadata(resource), "labels").get(pair[0]));
            }
            return labelled
                    && kind(resource).equals(target.get("kind"))
                    && name(resource).matches((String) target.getOrDefault("name", ".*"));
        };
    }

    private static void label(
            Map<String, Object> labels, Path directory, List<Map<String, Object>> resources) {
        refuseOthers(labels, Set.of("pairs", "includeTemplates"), directory);
        var pairs = Yaml.map(labels.get("pairs"));
        for (Map<String, Object> resource : resources) {
            addLabels(metadata(resource), pairs);
            var spec = Yaml.map(resource, "spec");
            if (Boolean.TRUE.equals(labels.get("includeTemplates"))
                    && spec.containsKey("template")
                    && kind(resource).matches("Deployment|StatefulSet")) {
                addLabels(Yaml.map(Yaml.map(spec.get("template")).get("metadata")), pairs);
            }
        }
    }

    private static void addLabels(Map<String, Object> metadata, Map<String, Object> pairs) {
        var labels = new LinkedHashMap<>(Yaml.map(metadata, "labels"));
        labels.putAll(pairs);
        metadata.put("labels", labels);
    }

    private static void tag(
            Map<String, Object> image, Path directory, List<Map<String, Object>> resources) {
        refuseOthers(image, Set.of("name", "newName", "newTag"), directory);
        String from = (String) image.get("name");
        String to = "%s:%s".formatted(image.getOrDefault("newName", from), image.get("newTag"));
        var used = containers(resources).filter(each -> from.equals(each.get("image"))).toList();
        if (used.isEmpty()) {
            throw new IllegalArgumentException("no container runs " + from);
        }
        used.forEach(container -> container.put("image", to));
    }

    private static Stream<Map<String, Object>> containers(List<Map<String, Object>> resources) {
        return resources.stream()
                .filter(resource -> kind(resource).matches("Deployment|StatefulSet"))
                .map(resource -> Yaml.map(Yaml.map(resource.get("spec")).get("template")))
                .flatMap(
                        template ->
                                Yaml.list(Yaml.map(template.get("spec")), "containers").stream())
                .map(Yaml::map);
    }

    /** So that a change of what it holds is a change of who uses it, and rolls out. */
    private static void nameByContents(List<Map<String, Object>> resources) {
        var names = new HashMap<String, Map<String, String>>();
        for (Map<String, Object> resource : resources) {
            if (metadata(resource).remove(GENERATED) != null) {
                String name = "%s-%08x".formatted(name(resource), resource.get("data").hashCode());
                names.computeIfAbsent(kind(resource), _ -> new HashMap<>())
                        .put(name(resource), name);
                metadata(resource).put("name", name);
            }
        }
        resources.forEach(resource -> follow(resource, null, names));
    }

    private static void follow(
            Object at, @Nullable String under, Map<String, Map<String, String>> names) {
        if (at instanceof List<?> list) {
            list.forEach(each -> follow(each, under, names));
        } else if (at instanceof Map<?, ?>) {
            var map = Yaml.map(at);
            if (under != null) {
                switch (under) {
                    case "configMapRef", "configMapKeyRef", "configMap" ->
                            rename(map, "name", names.get("ConfigMap"));
                    case "secretRef", "secretKeyRef" -> rename(map, "name", names.get("Secret"));
                    case "secret" -> {
                        rename(map, "name", names.get("Secret"));
                        rename(map, "secretName", names.get("Secret"));
                    }
                    default -> {}
                }
            }
            map.forEach((key, value) -> follow(value, key, names));
        }
    }

    private static void rename(
            Map<String, Object> reference, String field, @Nullable Map<String, String> names) {
        if (names != null && reference.get(field) instanceof String name) {
            reference.put(field, names.getOrDefault(name, name));
        }
    }

    private static String kind(Map<String, Object> resource) {
        return (String) resource.get("kind");
    }

    private static String name(Map<String, Object> resource) {
        return (String) metadata(resource).get("name");
    }

    private static Map<String, Object> metadata(Map<String, Object> resource) {
        return Yaml.map(resource.get("metadata"));
    }
}
