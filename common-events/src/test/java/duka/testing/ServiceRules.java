package duka.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * The conventions that hold in every service, so that who knows one knows all. Where a service need
 * not have what a rule is about (entities, listeners), the rule may find nothing to guard.
 */
public class ServiceRules {

    @ArchTest
    static final ArchRule only_sagas_and_feeds_listen =
            methods()
                    .that()
                    .areAnnotatedWith(KafkaListener.class)
                    .should()
                    .beDeclaredInClassesThat()
                    .haveNameMatching(".*\\.(CheckoutSaga|\\w+Feed)")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule only_the_outbox_speaks =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("duka.messaging")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(KafkaTemplate.class)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka.clients..");

    @ArchTest
    static final ArchRule the_model_knows_no_spring =
            noClasses()
                    .that()
                    .areAnnotatedWith("jakarta.persistence.Entity")
                    .or()
                    .areAnnotatedWith("jakarta.persistence.Embeddable")
                    .or()
                    .areRecords()
                    .and()
                    .areNotAnnotatedWith(
                            "org.springframework.boot.context.properties.ConfigurationProperties")
                    .and()
                    .resideOutsideOfPackage("..web..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework.web..",
                            "org.springframework.kafka..",
                            "org.springframework.data..",
                            "org.springframework.jdbc..",
                            "org.springframework.context..",
                            "org.springframework.stereotype..",
                            "org.springframework.beans..")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothing_depends_on_web =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..web..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("duka.*.web..")
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAPackage("duka.*.*.web..");

    @ArchTest
    static final ArchRule repositories_are_hidden =
            classes()
                    .that()
                    .areAssignableTo("org.springframework.data.repository.Repository")
                    .should()
                    .bePackagePrivate()
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule controllers_are_hidden =
            classes()
                    .that()
                    .areMetaAnnotatedWith("org.springframework.stereotype.Controller")
                    .should()
                    .bePackagePrivate()
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule time_comes_from_a_clock =
            noClasses()
                    .should()
                    .callMethodWhere(asksTheMachineForTheTime())
                    .orShould()
                    .callConstructor(Date.class)
                    .because("a test turns the clock");

    @ArchTest
    static final ArchRule nothing_waits_in_the_common_pool =
            noClasses()
                    .should()
                    .callMethodWhere(leavesTheThreadToTheCommonPool())
                    .because("it has one thread on two processors");

    @ArchTest
    static final ArchRule json_is_jackson_3 =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..");

    @ArchTest static final ArchRule no_field_injection = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule configuration_is_a_record =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("org.springframework.beans.factory.annotation.Value");

    @ArchTest
    static final ArchRule names_say_something =
            noClasses()
                    .should()
                    .haveNameMatching(".*(Impl|Manager|Helper|Utils?|D[Tt][Oo]|Service)");

    private static DescribedPredicate<JavaMethodCall> leavesTheThreadToTheCommonPool() {
        return describe(
                "leaves the thread to the common pool",
                call ->
                        call.getTarget().getOwner().isAssignableTo(CompletionStage.class)
                                && call.getTarget().getName().endsWith("Async")
                                && call.getTarget().getRawParameterTypes().stream()
                                        .noneMatch(type -> type.isEquivalentTo(Executor.class)));
    }

    private static DescribedPredicate<JavaMethodCall> asksTheMachineForTheTime() {
        var clocks = Set.of("currentTimeMillis", "systemUTC", "systemDefaultZone");
        return describe(
                "asks the machine for the time",
                call -> {
                    var target = call.getTarget();
                    var byClock =
                            target.getRawParameterTypes().stream()
                                    .anyMatch(type -> type.isEquivalentTo(Clock.class));
                    return clocks.contains(target.getName())
                            || target.getOwner().getPackageName().equals("java.time")
                                    && target.getName().equals("now")
                                    && !byClock;
                });
    }
}
