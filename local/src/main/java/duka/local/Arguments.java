package duka.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words behind a command: flags, options with a value, and what is left. */
final class Arguments {

    private final String command;
    private final Set<String> flags = new HashSet<>();
    private final Map<String, String> options = new HashMap<>();
    private final List<String> rest = new ArrayList<>();

    /**
     * @param flags those that the command knows
     * @param options those that it knows, each followed by its value
     * @param words how many words without dashes it takes at most
     */
    Arguments(
            String command, List<String> given, Set<String> flags, Set<String> options, int words) {
        this.command = command;
        var left = new ArrayList<>(given);
        while (!left.isEmpty()) {
            String word = left.removeFirst();
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            if (flags.contains(word)) {
                this.flags.add(word);
            } else if (options.contains(name)) {
                this.options.put(name, value(word, name, left));
            } else if (word.startsWith("-") || rest.size() == words) {
                throw new Misuse(
                        "./duka %s does not know \"%s\"; see ./duka help."
                                .formatted(command, word));
            } else {
                rest.add(word);
            }
        }
    }

    private static String value(String word, String name, List<String> left) {
        if (!word.equals(name)) {
            return word.substring(name.length() + 1);
        }
        if (left.isEmpty() || left.getFirst().startsWith("--")) {
            throw new Misuse(name + " needs a value; see ./duka help.");
        }
        return left.removeFirst();
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    int number(String name, int usual, int least, int most) {
        String value = options.get(name);
        if (value == null) {
            return usual;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Misuse(
                    "./duka %s: %s is to be a number, not \"%s\".".formatted(command, name, value));
        }
        throw new Misuse(
                "./duka %s: %s is to be from %d to %d.".formatted(command, name, least, most));
    }

    List<String> words() {
        return List.copyOf(rest);
    }

    Optional<String> word() {
        return rest.stream().findFirst();
    }
}
