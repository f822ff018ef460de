(* Sums, lists and conditions of what is computed are those of what is meant. *)
Lemma total_ok {A B B'} (R : B -> B' -> Prop) add add' zero zero' (l : list A) f f' :
  (forall a b x y, R a x -> R b y -> R (add a b) (add' x y)) -> R zero zero' ->
  (forall a, R (f a) (f' a)) -> R (total add zero l f) (total add' zero' l f').
Proof. intros Ha Hz Hf. induction l; simpl; auto. Qed.
Lemma total_ok2 {A A' B B'} (S : A -> A' -> Prop) (R : B -> B' -> Prop) add add' zero zero' l l' f f' :
  Forall2 S l l' -> (forall a b x y, R a x -> R b y -> R (add a b) (add' x y)) -> R zero zero' ->
  (forall a a', S a a' -> R (f a) (f' a')) -> R (total add zero l f) (total add' zero' l' f').
Proof. intros H Ha Hz Hf. induction H; simpl; auto. Qed.
Lemma size_ok {A B} (R : A -> B -> Prop) l l' : Forall2 R l l' -> size l = size l'.
Proof. intros H. unfold size. f_equal. induction H; simpl; auto. Qed.

Lemma nsum_ok {A} (l l' : list A) f f' : l = l' -> (forall a, rn (f a) (f' a)) -> rn (nsum l f) (rsum l' f').
Proof. intros <- H. apply (total_ok rn); auto using nadd_ok. apply (nz_ok 0). Qed.
Lemma nsum_ok2 l l' f f' :
  Forall2 rn l l' -> (forall a a', rn a a' -> rn (f a) (f' a')) -> rn (nsum l f) (rsum l' f').
Proof. intros. apply (total_ok2 rn rn); auto using nadd_ok. apply (nz_ok 0). Qed.
Lemma nprod_ok {A} (l l' : list A) f f' : l = l' -> (forall a, rn (f a) (f' a)) -> rn (nprod l f) (rprod l' f').
Proof. intros <- H. apply (total_ok rn); auto using nmul_ok. apply (nz_ok 1). Qed.
Lemma nprod_ok2 l l' f f' :
  Forall2 rn l l' -> (forall a a', rn a a' -> rn (f a) (f' a')) -> rn (nprod l f) (rprod l' f').
Proof. intros. apply (total_ok2 rn rn); auto using nmul_ok. apply (nz_ok 1). Qed.
Lemma nmean_ok {A} (l l' : list A) f f' : l = l' -> (forall a, rn (f a) (f' a)) -> rn (nmean l f) (rmean l' f').
Proof. intros <- H. apply ndiv_ok; [apply nsum_ok; auto|apply nz_ok]. Qed.
Lemma nmean_ok2 l l' f f' :
  Forall2 rn l l' -> (forall a a', rn a a' -> rn (f a) (f' a')) -> rn (nmean l f) (rmean l' f').
Proof.
  intros H Hf. apply ndiv_ok; [apply nsum_ok2; auto|]. rewrite (size_ok _ _ _ H). apply nz_ok.
Qed.
Lemma map_ok {A B B'} (R : B -> B' -> Prop) (l l' : list A) f f' :
  l = l' -> (forall a, R (f a) (f' a)) -> Forall2 R (map f l) (map f' l').
Proof. intros <- H. induction l; simpl; auto. Qed.
Lemma map_ok2 {A A' B B'} (S : A -> A' -> Prop) (R : B -> B' -> Prop) l l' f f' :
  Forall2 S l l' -> (forall a a', S a a' -> R (f a) (f' a')) -> Forall2 R (map f l) (map f' l').
Proof. intros H Hf. induction H; simpl; auto. Qed.
Lemma matrix_of_bits_ok k M : Forall2 (Forall2 rn) (matrix_map (ncopy_of_bits k) M) (matrix_map of_bits M).
Proof. apply map_ok; [reflexivity|]. intros. apply map_ok; [reflexivity|apply of_bits_ok]. Qed.
Lemma map_eq_ok {A B} (l l' : list A) (f f' : A -> B) : l = l' -> (forall a, f a = f' a) -> map f l = map f' l'.
Proof. intros <- H. apply map_ext. exact H. Qed.
Lemma map_eq_ok2 {A A' B} (S : A -> A' -> Prop) l l' (f : A -> B) f' :
  Forall2 S l l' -> (forall a a', S a a' -> f a = f' a') -> map f l = map f' l'.
Proof. intros H Hf. induction H; simpl; [reflexivity|]. rewrite (Hf _ _ H), IHForall2. reflexivity. Qed.
Lemma zip_ok {A A' B B' C C'} (S : A -> A' -> Prop) (T : B -> B' -> Prop) (R : C -> C' -> Prop) u u' v v' f f' :
  Forall2 S u u' -> Forall2 T v v' -> (forall a a' b b', S a a' -> T b b' -> R (f a b) (f' a' b')) ->
  Forall2 R (zip f u v) (zip f' u' v').
Proof. intros H. revert v v'. induction H; intros ? ? G Hf; destruct G; simpl; auto. Qed.
Lemma zip_eq_ok {A A' B B' C} (S : A -> A' -> Prop) (T : B -> B' -> Prop) u u' v v' (f : A -> B -> C) f' :
  Forall2 S u u' -> Forall2 T v v' -> (forall a a' b b', S a a' -> T b b' -> f a b = f' a' b') ->
  zip f u v = zip f' u' v'.
Proof.
  intros H. revert v v'. induction H; intros ? ? G Hf; destruct G; simpl; auto.
  rewrite (Hf _ _ _ _ H H1), (IHForall2 _ _ G Hf). reflexivity.
Qed.
Lemma same_list {A} (l l' : list A) : l = l' -> Forall2 eq l l'.
Proof. intros <-. induction l; auto. Qed.
Lemma entry_ok {A A'} (S : A -> A' -> Prop) d d' l l' i i' :
  Forall2 S l l' -> S d d' -> i = i' -> S (entry d l i) (entry d' l' i').
Proof.
  intros H Hd <-. unfold entry. generalize (Z.to_nat i). induction H; intros [|n]; simpl; auto.
Qed.
Lemma entries_ok {A A'} (S : A -> A' -> Prop) d d' l l' I I' :
  Forall2 S l l' -> S d d' -> I = I' -> Forall2 S (entries d l I) (entries d' l' I').
Proof. intros. unfold entries. apply map_ok; auto. intros. apply entry_ok; auto. Qed.
Lemma has_index_ok {A A'} (S : A -> A' -> Prop) l l' i i' :
  Forall2 S l l' -> i = i' -> has_index l i = has_index l' i'.
Proof. intros H <-. unfold has_index. rewrite (size_ok _ _ _ H). reflexivity. Qed.
Lemma width_ok {A A'} (S : A -> A' -> Prop) M M' : Forall2 (Forall2 S) M M' -> width M = width M'.
Proof. intros H. destruct H; simpl; eauto using size_ok. Qed.
Lemma column_ok {A A'} (S : A -> A' -> Prop) d d' M M' j j' :
  Forall2 (Forall2 S) M M' -> S d d' -> j = j' -> Forall2 S (column d M j) (column d' M' j').
Proof. intros. eapply map_ok2; eauto. intros. apply entry_ok; auto. Qed.
Lemma transposed_ok {A A'} (S : A -> A' -> Prop) d d' M M' :
  Forall2 (Forall2 S) M M' -> S d d' -> Forall2 (Forall2 S) (transposed d M) (transposed d' M').
Proof.
  intros H Hd. unfold transposed. rewrite (width_ok _ _ _ H). apply map_ok; auto. intros. apply column_ok; auto.
Qed.
Lemma ndot_ok u u' v v' : Forall2 rn u u' -> Forall2 rn v v' -> rn (ndot u v) (rdot u' v').
Proof.
  intros. apply nsum_ok2; [|auto]. eapply zip_ok; eauto. intros. apply nmul_ok; auto.
Qed.
Lemma napply_ok M M' v v' : Forall2 (Forall2 rn) M M' -> Forall2 rn v v' -> Forall2 rn (napply M v) (rapply M' v').
Proof. intros. eapply map_ok2; eauto. intros. apply ndot_ok; auto. Qed.
Lemma nproduct_ok A A' B B' :
  Forall2 (Forall2 rn) A A' -> Forall2 (Forall2 rn) B B' -> Forall2 (Forall2 rn) (nproduct A B) (rproduct A' B').
Proof.
  intros HA HB. eapply map_ok2; eauto. intros. eapply map_ok2; [apply (transposed_ok rn); [eassumption|apply (nz_ok 0)]|].
  intros. apply ndot_ok; auto.
Qed.
Lemma without_ok {A A'} (S : A -> A' -> Prop) n l l' : Forall2 S l l' -> Forall2 S (without n l) (without n l').
Proof. intros H. revert n. induction H; intros [|n]; simpl; auto. Qed.
Lemma nth_row_ok {A A'} (S : A -> A' -> Prop) n M M' :
  Forall2 (Forall2 S) M M' -> Forall2 S (nth n M []) (nth n M' []).
Proof. intros H. revert n. induction H; intros [|n]; simpl; auto. Qed.
Lemma determinant_ok n : forall M M', Forall2 (Forall2 rn) M M' ->
  rn (determinant nadd nmul nopp (nz 0) (nz 1) n M) (determinant Rplus Rmult Ropp 0%R 1%R n M').
Proof.
  induction n as [|n IH]; intros M M' H; cbn [determinant]; [apply (nz_ok 1)|].
  apply (total_ok rn); auto using nadd_ok; [apply (nz_ok 0)|]. intros i. cbv zeta.
  assert (rn (nmul (entry (nz 0) (nth i M []) 0) (determinant nadd nmul nopp (nz 0) (nz 1) n (map (@tl num) (without i M))))
    (entry 0%R (nth i M' []) 0 * determinant Rplus Rmult Ropp 0%R 1%R n (map (@tl R) (without i M')))) as E.
  { apply nmul_ok.
    - apply (entry_ok rn); [apply nth_row_ok; exact H|apply (nz_ok 0)|reflexivity].
    - apply IH. eapply map_ok2; [apply without_ok; exact H|]. intros u u' Hu. destruct Hu; simpl; auto. }
  destruct (Nat.even i); [exact E|apply nopp_ok; exact E].
Qed.
Lemma ndet_ok M M' : Forall2 (Forall2 rn) M M' -> rn (ndet M) (rdet M').
Proof.
  intros H. unfold ndet, rdet. replace (length M') with (length M); [apply determinant_ok; exact H|].
  induction H; simpl; auto.
Qed.
Lemma app_ok {A A'} (S : A -> A' -> Prop) u u' v v' :
  Forall2 S u u' -> Forall2 S v v' -> Forall2 S (u ++ v) (u' ++ v').
Proof. apply Forall2_app. Qed.
Lemma filter_ok {A} (l l' : list A) f f' : l = l' -> (forall a, f a = f' a) -> filter f l = filter f' l'.
Proof. intros <- H. apply filter_ext. exact H. Qed.
Lemma zsum_ok {A} (l l' : list A) f f' : l = l' -> (forall a, f a = f' a) -> zsum l f = zsum l' f'.
Proof. intros <- H. apply (total_ok eq); intros; subst; auto. Qed.
Lemma flat_map_ok {A B B'} (R : B -> B' -> Prop) (l l' : list A) f f' :
  l = l' -> (forall a, Forall2 R (f a) (f' a)) -> Forall2 R (flat_map f l) (flat_map f' l').
Proof. intros <- H. induction l; simpl; [constructor|]. apply Forall2_app; auto. Qed.
Lemma if_ok {A A'} (R : A -> A' -> Prop) (c c' : bool) a a' b b' :
  c = c' -> R a a' -> R b b' -> R (if c then a else b) (if c' then a' else b').
Proof. intros <-. destruct c; auto. Qed.
Lemma attained_ok {A A'} (S : A -> A' -> Prop) l l' : Forall2 S l l' -> attained l = attained l'.
Proof. intros []; reflexivity. Qed.

(* One rule for each operation on lists, chosen by its name, for both ways of computing. *)
(* How copies of this type are related to what they are copies of: each way says so. *)
Ltac related T := fail.
Ltac common_list_rule :=
  lazymatch goal with
  | |- Forall2 (@eq _) _ _ => simple apply same_list
  | |- Forall2 _ (napply _ _) _ => simple apply napply_ok
  | |- Forall2 _ (nproduct _ _) _ => simple apply nproduct_ok
  | |- Forall2 _ (@map ?A _ _ _) _ =>
      let r := related A in lazymatch r with @eq _ => simple eapply map_ok | _ => simple eapply (map_ok2 r) end
  | |- Forall2 _ (@zip ?A ?B _ _ _ _) _ => let r := related A in let s := related B in simple apply (zip_ok r s)
  | |- Forall2 _ (transposed _ _) _ => simple apply transposed_ok
  | |- Forall2 _ (column _ _ _) _ => simple apply column_ok
  | |- Forall2 _ (entries _ _ _) _ => simple apply entries_ok
  | |- Forall2 _ (entry _ _ _) _ => simple apply (entry_ok (Forall2 rn))
  | |- Forall2 _ (_ ++ _) _ => simple apply app_ok
  | |- Forall2 _ (flat_map _ _) _ => simple eapply flat_map_ok
  | |- Forall2 (Forall2 _) (if _ then _ else _) _ => simple apply (if_ok (Forall2 (Forall2 rn)))
  | |- Forall2 _ (if _ then _ else _) _ => simple apply (if_ok (Forall2 rn))
  | |- Forall2 _ (_ :: _) _ => simple apply Forall2_cons
  | |- Forall2 _ [] _ => simple apply Forall2_nil
  end.
Ltac common_equal_rule :=
  lazymatch goal with
  | |- @map ?A _ _ _ = _ =>
      let r := related A in lazymatch r with @eq _ => simple apply map_eq_ok | _ => simple apply (map_eq_ok2 r) end
  | |- @zip ?A ?B _ _ _ _ = _ => let r := related A in let s := related B in simple apply (zip_eq_ok r s)
  | |- @has_index ?A _ _ = _ =>
      let r := related A in
      lazymatch r with @eq _ => simple apply (f_equal2 (@has_index A)) | _ => simple apply (has_index_ok r) end
  | |- @size ?A _ = _ =>
      let r := related A in lazymatch r with @eq _ => simple apply (f_equal (@size A)) | _ => simple apply (size_ok r) end
  | |- @width ?A _ = _ =>
      let r := related A in lazymatch r with @eq _ => simple apply (f_equal (@width A)) | _ => simple apply (width_ok r) end
  | |- @attained ?A _ = _ =>
      let r := related A in
      lazymatch r with @eq _ => simple apply (f_equal (@attained A)) | _ => simple apply (attained_ok r) end
  | |- filter _ _ = _ => simple apply filter_ok
  | |- zsum _ _ = _ => simple apply zsum_ok
  | |- (if _ then _ else _) = _ => simple apply (if_ok eq)
  | |- _ =>
      first [ match goal with |- ?f _ _ = ?g _ _ => constr_eq f g; simple apply (f_equal2 f) end
            | match goal with |- ?f _ = ?g _ => constr_eq f g; simple apply (f_equal f) end
            | match goal with |- ?f _ _ _ = ?g _ _ _ => constr_eq f g; simple apply (f_equal3 f) end
            | match goal with |- ?f _ _ _ _ = ?g _ _ _ _ => constr_eq f g; simple apply (f_equal4 f) end
            | match goal with |- ?f _ _ _ _ _ = ?g _ _ _ _ _ => constr_eq f g; simple apply (f_equal5 f) end ]
  end.
