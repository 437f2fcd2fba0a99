package duka.identity;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import duka.testing.EventContract;
import duka.testing.ServiceRules;
import duka.testing.StatementRules;

@AnalyzeClasses(packages = "duka.identity", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest static final ArchTests rules = ArchTests.in(ServiceRules.class);
    @ArchTest static final ArchTests statements = ArchTests.in(StatementRules.class);
    @ArchTest static final ArchTests events = ArchTests.in(EventContract.class);
}
