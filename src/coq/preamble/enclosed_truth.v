
Lemma rb_of b b' : b = b' -> rb (truth_of b) b'.
Proof. intros <-. destruct b; reflexivity. Qed.
Lemma cand_ok s t a b : rb s a -> rb t b -> rb (cand s t) (a && b).
Proof. destruct s, t; simpl; intros; subst; auto using andb_false_r. Qed.
Lemma cor_ok s t a b : rb s a -> rb t b -> rb (cor s t) (a || b).
Proof. destruct s, t; simpl; intros; subst; auto using orb_true_r. Qed.
Lemma ciff_ok s t a b : rb s a -> rb t b -> rb (ciff s t) (Bool.eqb a b).
Proof. destruct s, t; simpl; intros; subst; auto; destruct b; auto. Qed.
Lemma cif_ok c s t c' a b : rb c c' -> rb s a -> rb t b -> rb (cif c s t) (if c' then a else b).
Proof. destruct c; simpl; intros; subst; auto. Qed.
Lemma call_ok {A} (l l' : list A) f f' : l = l' -> (forall a, rb (f a) (f' a)) -> rb (call f l) (forallb f' l').
Proof. intros <- H. induction l; simpl; [reflexivity|]. apply cand_ok; auto. Qed.
Lemma call_ok2 {A A'} (S : A -> A' -> Prop) l l' f f' :
  Forall2 S l l' -> (forall a a', S a a' -> rb (f a) (f' a')) -> rb (call f l) (forallb f' l').
Proof. intros H Hf. induction H; simpl; [reflexivity|]. apply cand_ok; auto. Qed.
Lemma csome_ok {A} (l l' : list A) f f' : l = l' -> (forall a, rb (f a) (f' a)) -> rb (csome f l) (existsb f' l').
Proof.
  intros <- H. unfold csome. replace (existsb f' l) with (negb (forallb (fun x => negb (f' x)) l)).
  - apply cneg_ok. apply call_ok; auto. intros. apply cneg_ok. auto.
  - induction l; simpl; [reflexivity|]. rewrite negb_andb, negb_involutive, IHl. reflexivity.
Qed.
Lemma cequal_ok {A A'} (S : A -> A' -> Prop) eqb eqb' u u' v v' :
  (forall a a' b b', S a a' -> S b b' -> rb (eqb a b) (eqb' a' b')) ->
  Forall2 S u u' -> Forall2 S v v' -> rb (cequal eqb u v) (equal eqb' u' v').
Proof.
  intros Hb H. revert v v'. induction H; intros ? ? G; destruct G; simpl; try reflexivity. apply cand_ok; auto.
Qed.
Lemma equal_true {A} (eqb : A -> A -> bool) : (forall a b, eqb a b = true -> a = b) ->
  forall u v, equal eqb u v = true -> u = v.
Proof.
  intros H. induction u as [|x u IH]; intros [|y v]; simpl; try discriminate; auto.
  intros E. apply andb_true_iff in E. destruct E. f_equal; auto.
Qed.

(* "sound t P": P follows if the computation t ends with yes. *)
Definition sound (t : truth) (P : Prop) : Prop := t = yes -> P.
Lemma sound_rb t b : rb t b -> sound t (b = true).
Proof. intros H E. subst. exact H. Qed.
Lemma cand_yes s t : cand s t = yes -> s = yes /\ t = yes.
Proof. destruct s, t; simpl; try discriminate; auto. Qed.
Lemma call_yes {A} (f : A -> truth) l : call f l = yes -> forall k, In k l -> f k = yes.
Proof.
  induction l; simpl; intros E k [].
  - subst. apply cand_yes in E. tauto.
  - apply cand_yes in E. apply IHl; tauto.
Qed.
Lemma csome_yes {A} (f : A -> truth) l : csome f l = yes -> exists k, In k l /\ f k = yes.
Proof.
  unfold csome. intros E. assert (call (fun x => cneg (f x)) l = no) as K by (destruct (call _ l); try discriminate; auto).
  clear E. induction l as [|a l IH]; simpl in *; [discriminate|].
  destruct (f a) eqn:F; simpl in *; eauto.
  - destruct (IH K) as [k []]. eauto.
  - destruct (call _ l) eqn:C; try discriminate. destruct (IH eq_refl) as [k []]. eauto.
Qed.
Lemma sound_all lo hi lo' hi' c (P : Z -> Prop) : lo = lo' -> hi = hi' ->
  (forall k, sound (c k) (P k)) -> sound (call c (range lo hi)) (forall k, lo' <= k <= hi' -> P k).
Proof. intros <- <- H E k Hk. apply (H k). apply (call_yes _ _ E). apply in_range. exact Hk. Qed.
Lemma sound_all_in {A} (l l' : list A) c (P : A -> Prop) :
  l = l' -> (forall k, sound (c k) (P k)) -> sound (call c l) (forall k, In k l' -> P k).
Proof. intros <- H E k Hk. apply (H k). apply (call_yes _ _ E). exact Hk. Qed.
Lemma sound_all_in2 l l' c (P : R -> Prop) :
  Forall2 rn l l' -> (forall k k', rn k k' -> sound (c k) (P k')) -> sound (call c l) (forall k, In k l' -> P k).
Proof.
  intros H Hc E. induction H; intros k Hk; [destruct Hk|]. apply cand_yes in E. destruct E as [E1 E2].
  destruct Hk as [<-|Hk]; [exact (Hc _ _ H E1)|exact (IHForall2 E2 k Hk)].
Qed.
Lemma sound_ex lo hi lo' hi' c (P : Z -> Prop) : lo = lo' -> hi = hi' ->
  (forall k, sound (c k) (P k)) -> sound (csome c (range lo hi)) (exists k, lo' <= k <= hi' /\ P k).
Proof.
  intros <- <- H E. apply csome_yes in E. destruct E as [k [Hk E]]. exists k. apply in_range in Hk. split; auto.
  apply H. exact E.
Qed.
Lemma sound_ex_in {A} (l l' : list A) c (P : A -> Prop) : l = l' ->
  (forall k, sound (c k) (P k)) -> sound (csome c l) (exists k, In k l' /\ P k).
Proof. intros <- H E. apply csome_yes in E. destruct E as [k [Hk E]]. exists k. split; auto. apply H. exact E. Qed.
Lemma sound_ex_in2 l l' c (P : R -> Prop) :
  Forall2 rn l l' -> (forall k k', rn k k' -> sound (c k) (P k')) -> sound (csome c l) (exists k, In k l' /\ P k).
Proof.
  intros H Hc E. apply csome_yes in E. destruct E as [k [Hk E]]. revert k Hk E.
  induction H as [|a a' l l' Ha H IH]; intros k [].
  - subst. intros E. exists a'. split; [left; reflexivity|exact (Hc _ _ Ha E)].
  - intros E. destruct (IH k) as [k' [Hk Hp]]; auto. exists k'. split; [right|]; assumption.
Qed.
Lemma sound_when b b' c P : rb b b' -> sound c P -> sound (cor (cneg b) c) (b' = true -> P).
Proof.
  intros Hb H E T. subst b'. apply H. unfold cor in E. destruct b, c; simpl in *; try reflexivity; discriminate.
Qed.
Lemma sound_and b c P Q : sound b P -> sound c Q -> sound (cand b c) (P /\ Q).
Proof. intros HP HQ E. apply cand_yes in E. destruct E. split; auto. Qed.
Lemma sound_Req a b x y : rn a x -> rn b y -> sound (neqb a b) (x = y).
Proof. intros Ha Hb E. pose proof (neqb_ok _ _ _ _ Ha Hb) as H. rewrite E in H. apply Reqb_true. exact H. Qed.
Lemma sound_Rneq a b x y : rn a x -> rn b y -> sound (cneg (neqb a b)) (x <> y).
Proof.
  intros Ha Hb E. pose proof (neqb_ok _ _ _ _ Ha Hb) as H. destruct (neqb a b); try discriminate. simpl in H.
  unfold Reqb in H. destruct (Req_EM_T x y); [discriminate|assumption].
Qed.
Lemma sound_Rlt a b x y : rn a x -> rn b y -> sound (nltb a b) (x < y)%R.
Proof. intros Ha Hb E. pose proof (nltb_ok _ _ _ _ Ha Hb) as H. rewrite E in H. apply Rltb_true. exact H. Qed.
Lemma sound_Rle a b x y : rn a x -> rn b y -> sound (nleb a b) (x <= y)%R.
Proof.
  intros Ha Hb E. pose proof (nleb_ok _ _ _ _ Ha Hb) as H. rewrite E in H. simpl in H. unfold Rleb, Rltb in H.
  destruct (Rlt_dec y x); [discriminate|lra].
Qed.
Lemma sound_Rlist a b x y : Forall2 rn a x -> Forall2 rn b y -> sound (cequal neqb a b) (x = y).
Proof.
  intros Ha Hb E. pose proof (cequal_ok rn neqb Reqb a x b y) as H. rewrite E in H.
  apply (equal_true Reqb); [exact Reqb_true|]. apply H; auto. intros. apply neqb_ok; assumption.
Qed.
Lemma sound_Rmatrix a b x y :
  Forall2 (Forall2 rn) a x -> Forall2 (Forall2 rn) b y -> sound (cequal (cequal neqb) a b) (x = y).
Proof.
  intros Ha Hb E. pose proof (cequal_ok (Forall2 rn) (cequal neqb) (equal Reqb) a x b y) as H. rewrite E in H.
  apply (equal_true (equal Reqb)); [apply equal_true; exact Reqb_true|]. apply H; auto.
  intros. apply (cequal_ok rn); auto. intros. apply neqb_ok; assumption.
Qed.
Lemma sound_Zeq a b x y : a = x -> b = y -> sound (a =? b) (x = y).
Proof. intros <- <- E. destruct (a =? b) eqn:F; [apply Z.eqb_eq; exact F|discriminate]. Qed.
Lemma sound_Zneq a b x y : a = x -> b = y -> sound (negb (a =? b)) (x <> y).
Proof. intros <- <- E. destruct (a =? b) eqn:F; [discriminate|apply Z.eqb_neq; exact F]. Qed.
Lemma sound_Zlt a b x y : a = x -> b = y -> sound (a <? b) (x < y).
Proof. intros <- <- E. destruct (a <? b) eqn:F; [apply Z.ltb_lt; exact F|discriminate]. Qed.
Lemma sound_Zle a b x y : a = x -> b = y -> sound (a <=? b) (x <= y).
Proof. intros <- <- E. destruct (a <=? b) eqn:F; [apply Z.leb_le; exact F|discriminate]. Qed.
Lemma sound_Zlist a b x y : a = x -> b = y -> sound (equal Z.eqb a b) (x = y).
Proof.
  intros <- <- E. destruct (equal Z.eqb a b) eqn:F; [|discriminate]. revert F. apply equal_true. intros ? ?. apply Z.eqb_eq.
Qed.
Lemma sound_Zmatrix a b x y : a = x -> b = y -> sound (equal (equal Z.eqb) a b) (x = y).
Proof.
  intros <- <- E. destruct (equal (equal Z.eqb) a b) eqn:F; [|discriminate]. revert F. apply equal_true. apply equal_true.
  intros ? ?. apply Z.eqb_eq.
Qed.

(* The copies have the shapes of what they are copies of: one rule for each operation, chosen by its name. *)
Ltac known := fail.
(* How copies of this type are related to what they are copies of. *)
Ltac related T ::=
  lazymatch T with
  | num => constr:(rn)
  | truth => constr:(rb)
  | list ?A => let r := related A in lazymatch r with @eq _ => constr:(@eq T) | _ => constr:(Forall2 r) end
  | _ => constr:(@eq T)
  end.
Ltac number_rule :=
  lazymatch goal with
  | |- rn (nadd _ _) _ => simple apply nadd_ok
  | |- rn (nsub _ _) _ => simple apply nsub_ok
  | |- rn (nmul _ _) _ => simple apply nmul_ok
  | |- rn (ndiv _ _) _ => simple apply ndiv_ok
  | |- rn (nopp _) _ => simple apply nopp_ok
  | |- rn (nz ?n) (IZR ?m) => first [ constr_eq n m; simple apply nz_ok | simple apply nz_ok2 ]
  | |- rn (nlit _ _) _ => simple apply nlit_ok
  | |- rn (npow_nat _ _) _ => simple apply npow_nat_ok
  | |- rn (npow _ _) (powerRZ _ ?n) => lazymatch goal with |- rn (npow _ n) _ => simple apply npow_ok | _ => simple apply npow_ok2 end
  | |- rn (nabs _) _ => simple apply nabs_ok
  | |- rn (nrelu _) _ => simple apply nrelu_ok
  | |- rn (ndot _ _) _ => simple apply ndot_ok
  | |- rn (ndet _) _ => simple apply ndet_ok
  | |- rn (@nsum num _ _) _ => simple apply nsum_ok2
  | |- rn (nsum _ _) _ => simple apply nsum_ok
  | |- rn (@nprod num _ _) _ => simple apply nprod_ok2
  | |- rn (nprod _ _) _ => simple apply nprod_ok
  | |- rn (@nmean num _ _) _ => simple apply nmean_ok2
  | |- rn (nmean _ _) _ => simple apply nmean_ok
  | |- rn (entry _ _ _) _ => simple apply (entry_ok rn)
  | |- rn (if _ then _ else _) _ => simple apply (if_ok rn)
  | |- rn npi _ => exact npi_ok
  | |- rn (ncos _) _ => simple apply ncos_ok
  | |- rn (nsin _) _ => simple apply nsin_ok
  | |- rn (ntan _) _ => simple apply ntan_ok
  | |- rn (natan _) _ => simple apply natan_ok
  | |- rn (nexp _) _ => simple apply nexp_ok
  | |- rn (nln _) _ => simple apply nln_ok
  | |- rn (nsqrt _) _ => simple apply nsqrt_ok
  | |- rn (nif _ _ _) _ => simple apply nif_ok
  end.
Ltac truth_rule :=
  lazymatch goal with
  | |- rb (neqb _ _) _ => simple apply neqb_ok
  | |- rb (nltb _ _) _ => simple apply nltb_ok
  | |- rb (nleb _ _) _ => simple apply nleb_ok
  | |- rb (cand _ _) _ => simple apply cand_ok
  | |- rb (cor _ _) _ => simple apply cor_ok
  | |- rb (cneg _) _ => simple apply cneg_ok
  | |- rb (ciff _ _) _ => simple apply ciff_ok
  | |- rb (cif _ _ _) _ => simple apply cif_ok
  | |- rb (@call ?A _ _) _ =>
      let r := related A in lazymatch r with @eq _ => simple apply call_ok | _ => simple apply (call_ok2 r) end
  | |- rb (csome _ _) _ => simple apply csome_ok
  | |- rb (@cequal num _ _ _) _ => simple apply (cequal_ok rn)
  | |- rb (@cequal (list num) _ _ _) _ => simple apply (cequal_ok (Forall2 rn))
  | |- rb (if _ then _ else _) _ => simple apply (if_ok rb)
  | |- rb (truth_of _) _ => simple apply rb_of
  end.
Ltac congruent :=
  intros; cbv zeta;
  lazymatch goal with
  | |- rn _ _ => first [ assumption | number_rule; congruent | known; congruent ]
  | |- rb _ _ => first [ assumption | truth_rule; congruent | known; congruent ]
  | |- Forall2 _ _ _ => first [ assumption | common_list_rule; congruent | known; congruent ]
  | |- ?a = ?b => first [ constr_eq a b; exact eq_refl | assumption | known; congruent | common_equal_rule; congruent ]
  end.
Ltac sound_rule :=
  lazymatch goal with
  | |- sound _ (_ /\ _) => simple apply sound_and
  | |- sound _ (_ = true -> _) => simple apply sound_when
  | |- sound _ (forall k : Z, _ <= k <= _ -> _) => simple apply sound_all
  | |- sound _ (forall k : R, In k _ -> _) => simple apply sound_all_in2
  | |- sound _ (forall k, In k _ -> _) => simple apply sound_all_in
  | |- sound _ (exists k : Z, _ <= k <= _ /\ _) => simple apply sound_ex
  | |- sound _ (exists k : R, In k _ /\ _) => simple apply sound_ex_in2
  | |- sound _ (exists k, In k _ /\ _) => simple apply sound_ex_in
  | |- sound _ (@eq bool _ true) => simple apply sound_rb
  | |- sound _ (@eq R _ _) => simple apply sound_Req
  | |- sound _ (not (@eq R _ _)) => simple apply sound_Rneq
  | |- sound _ (Rlt _ _) => simple apply sound_Rlt
  | |- sound _ (Rle _ _) => simple apply sound_Rle
  | |- sound _ (@eq Z _ _) => simple apply sound_Zeq
  | |- sound _ (not (@eq Z _ _)) => simple apply sound_Zneq
  | |- sound _ (_ < _) => simple apply sound_Zlt
  | |- sound _ (_ <= _) => simple apply sound_Zle
  | |- sound _ (@eq (list R) _ _) => simple apply sound_Rlist
  | |- sound _ (@eq (list (list R)) _ _) => simple apply sound_Rmatrix
  | |- sound _ (@eq (list (list Z)) _ _) => simple apply sound_Zmatrix
  | |- sound _ (@eq (list Z) _ _) => simple apply sound_Zlist
  end.
Ltac sound :=
  intros; cbv zeta;
  lazymatch goal with
  | |- sound _ _ => sound_rule; sound
  | |- _ => congruent
  end.
Lemma by_computation (t : truth) (P : Prop) : sound t P -> t = yes -> P.
Proof. intros H. exact H. Qed.
