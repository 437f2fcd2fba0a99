package duka.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.util.regex.Pattern;

/** What holds for the SQL of a service, whose next version may change the tables under it. */
public class StatementRules {

    /** A subquery names its columns itself. */
    private static final Pattern WHATEVER_COLUMNS_THERE_ARE =
            Pattern.compile("(^\\s*select|returning)\\s+(\\w+\\.)?\\*(?!\\s+from\\s*\\()");

    @ArchTest
    static final ArchRule statements_name_their_columns =
            noClasses()
                    .should(
                            ArchCondition.from(
                                    describe(
                                            "read whatever columns there are",
                                            StatementRules::readsWhateverColumnsThereAre)))
                    .because(
                            "PostgreSQL refuses a prepared statement whose result gets a column:"
                                    + " this version would fail once the next one adds it");

    /** Texts that the compiler has put together are in a class file as the whole that they make. */
    private static boolean readsWhateverColumnsThereAre(JavaClass type) {
        var file = type.getSource().orElseThrow().getUri();
        try (var bytes = file.toURL().openStream()) {
            for (var entry : ClassFile.of().parse(bytes.readAllBytes()).constantPool()) {
                if (entry instanceof StringEntry text
                        && WHATEVER_COLUMNS_THERE_ARE.matcher(text.stringValue()).find()) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
