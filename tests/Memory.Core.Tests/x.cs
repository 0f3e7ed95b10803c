namespace X; public class T { [Fact] public void A_b_c() => 1.ShouldBe(1); }
