(* ---- How they are proved: as identities of commutative rings and fields, and by the addition theorems. ------------

   Vectors are taken apart into their entries, finite quantifiers into their cases; what is left are equations between
   polynomials, quotients of them, cosines and sines. Nothing of this has a part in what the theorem says. *)

Lemma Reqb_false x y : x <> y -> Reqb x y = false.
Proof. unfold Reqb. destruct (Req_EM_T x y); tauto. Qed.
Lemma Rleb_of_le x y : (x <= y)%R -> Rleb x y = true.
Proof. unfold Rleb, Rltb. intros. destruct (Rlt_dec y x); [lra|reflexivity]. Qed.
Lemma Rltb_of_lt x y : (x < y)%R -> Rltb x y = true.
Proof. unfold Rltb. intros. destruct (Rlt_dec x y); [reflexivity|lra]. Qed.
Lemma sin_square x : (sin x * sin x = 1 - cos x * cos x)%R.
Proof. pose proof (sin2_cos2 x) as H. unfold Rsqr in H. lra. Qed.

Lemma length_tail {A} (x : A) l n : length (x :: l) = S n -> length l = n.
Proof. simpl. intros H. apply eq_add_S. exact H. Qed.

Ltac take_apart :=
  repeat match goal with
  | H : length ?u = _ |- _ => destruct u as [|? u]; [discriminate H|apply length_tail in H]
  | H : length ?u = 0%nat |- _ => destruct u; [clear H|discriminate H]
  end.
Ltac is_list l := lazymatch l with nil => idtac | cons _ ?t => is_list t end.
Ltac each_element H k := repeat (destruct H as [H|H]; [subst k|]); try (destruct H).
Lemma halves a b m n k : (m + 1)%Z = n -> (a <= k <= b)%Z -> (a <= k <= m)%Z \/ (n <= k <= b)%Z.
Proof. lia. Qed.
(* A range is taken apart once its limits are numbers: those of outer variables come first. *)
Ltac each_case :=
  repeat match goal with
  | H : (?a <= ?k <= ?b)%Z |- _ =>
      is_var k; let many := eval vm_compute in (16 <=? b - a)%Z in
      lazymatch many with
      | true =>
          let m := eval vm_compute in ((a + b) / 2)%Z in let n := eval vm_compute in (m + 1)%Z in
          apply (halves a b m n k eq_refl) in H; destruct H as [H|H]
      | false =>
          let l := eval vm_compute in (range a b) in is_list l; apply in_range in H; change (In k l) in H; each_element H k
      end
  | H : @In R ?k ?l |- _ => is_var k; is_list l; each_element H k
  | H : @In Z ?k ?l |- _ =>
      is_var k; let l' := eval vm_compute in l in is_list l'; change (In k l') in H; each_element H k
  | H : @In (list Z) ?k ?l |- _ =>
      is_var k; let l' := eval vm_compute in l in is_list l'; change (In k l') in H; each_element H k
  end.
Ltac computed := cbv -[Rplus Rmult Rminus Ropp Rdiv Rinv IZR cos sin tan PI sqrt exp ln Rabs Reqb Rltb Rleb pow
  Rle Rlt Rge Rgt not].
Ltac computed_in H := cbv -[Rplus Rmult Rminus Ropp Rdiv Rinv IZR cos sin tan PI sqrt exp ln Rabs Reqb Rltb Rleb pow
  Rle Rlt Rge Rgt not] in H.
Ltac not_zero :=
  first [ assumption | lra
        | match goal with H : _ <> _ |- _ <> _ => let E := fresh in intro E; apply H; rewrite <- E; (ring || (field; fail)) end
        | match goal with H : _ <> _ |- _ <> _ => let E := fresh in intro E; apply H; lra end
        | match goal with H : _ <> _ |- _ <> _ => let E := fresh in intro E; apply H; nra end
        | nra ].
Ltac conditions := repeat match goal with |- _ /\ _ => split end; not_zero.
Ltac either_way :=
  repeat match goal with |- context [Reqb ?x ?y] => destruct (Reqb x y) end; reflexivity.
Ltac defined :=
  first [ either_way | repeat match goal with
  | |- context [Reqb ?x ?y] => rewrite (Reqb_false x y) by not_zero
  | |- context [Rleb ?x ?y] => rewrite (Rleb_of_le x y) by (lra || nra)
  | |- context [Rltb ?x ?y] => rewrite (Rltb_of_lt x y) by (lra || nra)
  end; reflexivity ].
Ltac doubled :=
  repeat match goal with
  | |- context [cos (2 * ?x)] => rewrite (double x)
  | |- context [sin (2 * ?x)] => rewrite (double x)
  | |- context [(2 * ?x)%R] => match goal with |- context [cos ?a] => match a with context [(2 * x)%R] => rewrite (double x) end end
  end.
Ltac trigonometry :=
  doubled; unfold Rminus;
  repeat (rewrite cos_plus || rewrite sin_plus || rewrite cos_neg || rewrite sin_neg);
  repeat match goal with
  | |- context [sin ?x] =>
      lazymatch goal with H : (sin x * sin x = _)%R |- _ => fail | _ => pose proof (sin_square x) end
  end;
  first [ ring
        | match goal with A : (sin _ * sin _ = _)%R, B : (sin _ * sin _ = _)%R, C : (sin _ * sin _ = _)%R, D : (sin _ * sin _ = _)%R,
            E : (sin _ * sin _ = _)%R |- _ => ring [A B C D E] end
        | match goal with A : (sin _ * sin _ = _)%R, B : (sin _ * sin _ = _)%R, C : (sin _ * sin _ = _)%R, D : (sin _ * sin _ = _)%R |- _ => ring [A B C D] end
        | match goal with A : (sin _ * sin _ = _)%R, B : (sin _ * sin _ = _)%R, C : (sin _ * sin _ = _)%R |- _ => ring [A B C] end
        | match goal with A : (sin _ * sin _ = _)%R, B : (sin _ * sin _ = _)%R |- _ => ring [A B] end
        | match goal with A : (sin _ * sin _ = _)%R |- _ => ring [A] end
        | match goal with A : (sin _ * sin _ = _)%R, B : (sin _ * sin _ = _)%R, C : (sin _ * sin _ = _)%R |- _ => field [A B C] end
        | match goal with A : (sin _ * sin _ = _)%R, B : (sin _ * sin _ = _)%R |- _ => field [A B] end
        | match goal with A : (sin _ * sin _ = _)%R |- _ => field [A] end ].
Ltac settled :=
  lazymatch goal with
  | |- @eq R _ _ => first [ reflexivity | ring | (field; conditions) | trigonometry ]
  | |- @eq bool _ _ => first [ reflexivity | defined ]
  | |- @eq _ _ _ => reflexivity
  | |- _ => first [ lra | nra ]
  end.
(* A condition on integers that does not hold in the case at hand. *)
Ltac impossible :=
  match goal with
  | H : @eq bool _ _ |- _ => computed_in H; discriminate H
  | H : not (@eq Z ?a ?a) |- _ => exact (H eq_refl)
  | H : not (@eq Z _ _) |- _ => computed_in H; exact (H eq_refl)
  | H : @eq Z _ _ |- _ => computed_in H; discriminate H
  | H : Z.lt _ _ |- _ => computed_in H; discriminate H
  | H : Z.le _ _ |- _ => computed_in H; exact (H eq_refl)
  | H : _ /\ _ |- _ => destruct H; impossible
  end.
Ltac settle :=
  cbv zeta; intros;
  lazymatch goal with
  | |- _ /\ _ => split; settle
  | |- exists k : Z, (?a <= k <= ?b)%Z /\ _ => let l := eval vm_compute in (range a b) in some_case l
  | |- exists k, In k ?l /\ _ => some_case l
  | |- _ => take_apart; each_case; settle_case
  end
with some_case l :=
  lazymatch l with cons ?k ?t => first [ exists k; split; [first [lia | simpl; tauto]|settle] | some_case t ] end
with settle_case :=
  try (exfalso; impossible);
  repeat match goal with H : _ /\ _ |- _ => destruct H end;
  repeat match goal with H : not (@eq R _ _) |- _ => progress computed_in H end;
  computed;
  lazymatch goal with
  | |- _ /\ _ => split; settle
  | |- _ :: _ = _ :: _ => apply (f_equal2 cons); settle
  | |- _ -> _ => settle
  | |- forall _, _ => settle
  | |- _ => settled
  end.
